import { cutTo } from '#shared/cut.ts'
import type { Entry, MessageBody, MessageEntry } from '#shared/entry.ts'
import { isSlotSaid, slotText } from '#shared/slots.ts'
import { bodyText } from '#shared/template-words.ts'
import { readableWords } from '#shared/readable-words.ts'

const longest = 200
/** More than a row can show, with room for what markdown adds. */
const looked = 1_000
/** Larger JSON is shown as it is written: it is looked at with every change of the chat. */
const longestParsed = 16_384

/** The beginning of a message as a person would say it: no markup, no braces, times as they are read. */
export function previewText({ body }: MessageEntry, earlier: readonly Entry[]): string {
  return cutTo(plainWords(body, earlier).replace(/\s+/gu, ' ').trim(), longest)
}

function plainWords(body: MessageBody, earlier: readonly Entry[]): string {
  switch (body.kind) {
    case 'text':
      return chosenTime(body.text.trim(), earlier) ?? body.text.slice(0, looked)
    case 'markdown':
      return withoutMarkup(body.text.slice(0, looked))
    case 'json':
      return jsonWords(body.text)
    case 'template':
      return bodyText(body, slotText).replaceAll(/\n-? ?/gu, ' · ')
    case 'unknown':
      return body.summary.slice(0, looked)
  }
}

/** A time picker is answered with the time as machines write it. */
function chosenTime(text: string, earlier: readonly Entry[]): string | null {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?$/u.test(text)) return null
  for (const picker of timePickers(earlier)) {
    const slot = picker.slots.find(({ at }) => isSlotSaid(text, at, picker.zoneOffset))
    if (slot !== undefined) return slotText(slot, picker.zoneOffset)
  }
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : slotText({ at, minutes: null }, null)
}

function timePickers(entries: readonly Entry[]) {
  return entries
    .slice(-50)
    .reverse()
    .flatMap((entry) =>
      entry.kind === 'message' && entry.body.kind === 'template' ? entry.body.template : [],
    )
    .flatMap((template) => (template.type === 'Carousel' ? template.cards : template))
    .filter((template) => template.type === 'TimePicker')
}

function jsonWords(text: string): string {
  if (text.length > longestParsed) return text.slice(0, looked)
  try {
    const nothing = { words: new Set<string>(), times: new Set<number>(), numbers: false }
    return readableWords(JSON.parse(text), nothing).join(' · ') || text
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return text.slice(0, looked)
    throw error
  }
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/gu, '$1')
    .replaceAll(/^[ \t]*(?:#{1,6}|>|[-+*]|\d{1,9}[.)])[ \t]+/gmu, '')
    .replaceAll(/^[ \t]*(?:```|~~~).*$/gmu, '')
    .replaceAll(/(?<=^|[^\p{L}\p{N}])(\*{1,3}|_{1,3}|~~|`)(?=\S)([^\n]*?\S)\1(?=$|[^\p{L}\p{N}])/gmu, '$2')
    .replaceAll(/\\([!-/:-@[-`{-~])/gu, '$1')
}
