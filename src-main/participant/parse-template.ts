import { z } from 'zod'
import type { Card, Choice, Template } from '#shared/template.ts'
import { templateWords } from '#shared/template-words.ts'
import { readableWords, type ShownAlready } from '#shared/readable-words.ts'
import { readJson } from './read-json.ts'
import type { ShownView } from './service-item.ts'

const text = z.string().optional().catch(undefined)
const object = z.looseObject({}).optional().catch(undefined)
const list = z.array(z.unknown()).optional().catch(undefined)

const Envelope = z.looseObject({ templateType: text, data: object })
const Body = z.looseObject({ content: object, referenceId: text })
const Content = z.looseObject({
  title: text,
  subtitle: text,
  referenceId: text,
  elements: list,
  timeslots: list,
  timeZoneOffset: z.number().optional().catch(undefined),
  location: object,
  viewId: text,
  viewToken: text,
  viewData: object,
})
const Element = z.looseObject({ title: text, subtitle: text, imageDescription: text, url: text })
const Slot = z.looseObject({
  date: text,
  duration: z.union([z.number(), z.string()]).optional().catch(undefined),
})
const Place = z.looseObject({ title: text })

const maxElements = 60

/**
 * An interactive message, whatever shape it arrives in, with every word that a person could read. Null when the content
 * is not a template at all.
 */
export function parseTemplate(content: string): Template | null {
  const outer = Envelope.safeParse(readJson(content))
  if (!outer.success) return null
  const template = fromEnvelope(outer.data)
  const more = readableWords(outer.data, shownBy(template))
  return more.length === 0 ? template : { ...template, more }
}

function shownBy(template: Template): ShownAlready {
  return {
    words: new Set(templateWords(template, () => '').map((word) => word.trim())),
    times: new Set(timesIn(template)),
    numbers: template.type !== 'Unknown',
  }
}

function timesIn(template: Template): readonly number[] {
  if (template.type === 'Carousel') return template.cards.flatMap(timesIn)
  return template.type === 'TimePicker' ? template.slots.map(({ at }) => at) : []
}

/** The guide that a message shows. */
export function viewOf(content: string): ShownView | null {
  const outer = Envelope.safeParse(readJson(content))
  if (!outer.success || outer.data.templateType !== 'ViewResource') return null
  const { viewToken, viewData } = parts(outer.data).content
  return viewToken === undefined ? null : { token: viewToken, data: viewData ?? {} }
}

function fromEnvelope(outer: z.infer<typeof Envelope>): Template {
  const { heading, content } = parts(outer)
  switch (outer.templateType) {
    case 'ListPicker':
    case 'Panel':
    case 'QuickReply':
      return { type: outer.templateType, ...heading, choices: choices(content.elements) }
    case 'TimePicker':
      return {
        type: 'TimePicker',
        ...heading,
        location: placeName(content.location),
        slots: slots(content),
        zoneOffset: zoneOffset(content.timeZoneOffset),
      }
    case 'Carousel':
      return { type: 'Carousel', ...heading, cards: cards(content.elements) }
    case 'ViewResource':
      return { type: 'ViewResource', ...heading, viewId: content.viewId ?? null }
    default:
      return { type: 'Unknown', ...heading, templateType: outer.templateType ?? '' }
  }
}

function parts(outer: z.infer<typeof Envelope>) {
  const body = Body.parse(outer.data ?? {})
  const content = Content.parse(body.content ?? {})
  const heading = {
    title: content.title ?? '',
    subtitle: content.subtitle ?? null,
    referenceId: body.referenceId ?? content.referenceId ?? null,
  }
  return { content, heading }
}

function choices(elements: readonly unknown[] = []): Choice[] {
  return elements.slice(0, maxElements).flatMap((raw) => {
    const element = Element.safeParse(raw)
    if (!element.success) return []
    const { title, subtitle, imageDescription, url } = element.data
    return [
      {
        title: title ?? '',
        subtitle: subtitle ?? null,
        imageDescription: imageDescription ?? null,
        url: url ?? null,
      },
    ]
  })
}

/** A card of a kind that none should be keeps its title. */
function cards(elements: readonly unknown[] = []): Card[] {
  return elements.slice(0, maxElements).flatMap((raw): Card[] => {
    const outer = Envelope.safeParse(raw)
    if (!outer.success) return []
    const card = fromEnvelope(outer.data)
    const { title, subtitle, referenceId } = card
    switch (card.type) {
      case 'ListPicker':
      case 'Panel':
      case 'QuickReply':
      case 'TimePicker':
        return [card]
      case 'Unknown':
        return card.title === '' && card.templateType === '' ? [] : [card]
      case 'Carousel':
      case 'ViewResource':
      case 'Response':
        return [{ type: 'Unknown', title, subtitle, referenceId, templateType: card.type }]
    }
  })
}

/** No place on Earth is further from UTC than 14 hours. */
function zoneOffset(minutes: number | undefined): number | null {
  return minutes === undefined || Math.abs(minutes) > 14 * 60 ? null : Math.round(minutes)
}

function slots(content: z.infer<typeof Content>): { at: number; minutes: number | null }[] {
  return (content.timeslots ?? []).slice(0, maxElements).flatMap((raw) => {
    const slot = Slot.safeParse(raw)
    const at = Date.parse(slot.data?.date ?? '')
    if (Number.isNaN(at)) return []
    const minutes = Number(slot.data?.duration ?? Number.NaN)
    return [{ at, minutes: Number.isFinite(minutes) ? minutes : null }]
  })
}

function placeName(location: unknown): string | null {
  return Place.safeParse(location ?? {}).data?.title ?? null
}
