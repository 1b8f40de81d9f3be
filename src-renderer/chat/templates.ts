import type { Entry, MessageEntry } from '#shared/entry.ts'
import type { Template } from '#shared/template.ts'
import { isSlotSaid } from '#shared/slots.ts'

/** What the customer chose, found in what they said next. */
export interface Answer {
  /** The title of a choice, or the time of a slot as a number in text. */
  readonly title: string
  /** Of the card of a carousel; null where the answer does not say or there is only one list. */
  readonly card: string | null
  readonly at: number
}

interface Option {
  readonly title: string
  readonly isSaid: (text: string) => boolean
  readonly card: string | null
}

export function findAnswers(entries: readonly Entry[]): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>()
  let open: { id: string; options: readonly Option[] } | null = null
  for (const entry of entries) {
    if (entry.kind !== 'message') continue
    const template = templateOf(entry)
    const options = template === null ? [] : optionsOf(template)
    if (options.length > 0) open = { id: entry.id, options }
    else if (open !== null && entry.sender.role === 'customer') {
      const { text, card } = saidIn(entry)
      const chosen = open.options.find(
        (option) => option.isSaid(text) && (card === null || card === option.card),
      )
      if (chosen !== undefined) answers.set(open.id, { title: chosen.title, card, at: entry.at })
      open = null
    }
  }
  return answers
}

/** Ids of lists that a later one with the same reference stands in for. */
export function replacedLists(entries: readonly Entry[]): ReadonlySet<string> {
  const latest = new Map<string, string>()
  const replaced = new Set<string>()
  for (const entry of entries) {
    const template = entry.kind === 'message' ? templateOf(entry) : null
    if (template === null || template.referenceId === null || template.type === 'Response') continue
    const earlier = latest.get(template.referenceId)
    if (earlier !== undefined) replaced.add(earlier)
    latest.set(template.referenceId, entry.id)
  }
  return replaced
}

/** The words of an answer, and which card of a carousel they are about. */
function saidIn({ body }: MessageEntry): { readonly text: string; readonly card: string | null } {
  if (body.kind === 'text') return { text: body.text.trim(), card: null }
  const choice =
    body.kind === 'template' && body.template.type === 'Response' ? body.template.fields[0] : undefined
  return choice === undefined ? { text: '', card: null } : { text: choice.value, card: choice.label || null }
}

function optionsOf(template: Template): readonly Option[] {
  switch (template.type) {
    case 'ListPicker':
    case 'Panel':
    case 'QuickReply':
      return template.choices.map(({ title }) => ({
        title,
        isSaid: (text) => text === title.trim(),
        card: template.title,
      }))
    case 'Carousel':
      return template.cards.flatMap(optionsOf)
    case 'TimePicker':
      return template.slots.map(({ at }) => ({
        title: String(at),
        isSaid: (text) => isSlotSaid(text, at, template.zoneOffset),
        card: template.title,
      }))
    case 'ViewResource':
    case 'Response':
    case 'Unknown':
      return []
  }
}

function templateOf(entry: MessageEntry): Template | null {
  return entry.body.kind === 'template' ? entry.body.template : null
}
