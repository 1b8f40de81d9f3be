import type { Guide, Turn } from '../customers/script.ts'
import { contentTypes } from '../room/content-types.ts'

type Choice = Readonly<{ title: string; subtitle?: string; url?: string }>
type Card = Readonly<{ title: string; subtitle?: string; choices: readonly Choice[]; reply?: string }>

export const bot = (text: string): Turn => ({ from: 'bot', text })
export const customer = (text: string): Turn => ({ from: 'customer', text })

export const listPicker = (id: string, card: Card): Turn => interactive('ListPicker', id, content(card))
export const quickReply = (id: string, card: Card): Turn => interactive('QuickReply', id, content(card))

/** Choices with an address open a page instead of answering. */
export const panel = (id: string, card: Card): Turn => interactive('Panel', id, content(card))

export const timePicker = (
  id: string,
  card: Readonly<{ title: string; subtitle: string; place: string; days: readonly string[] }>,
): Turn =>
  interactive('TimePicker', id, {
    content: {
      title: card.title,
      subtitle: card.subtitle,
      timeZoneOffset: 60,
      location: { title: card.place, latitude: 53.8, longitude: -1.55, radius: 1 },
      timeslots: card.days.map((date) => ({ date, duration: 7200 })),
    },
  })

/** A step-by-step guide: attributes to read, and a form whose answers come back with the action. */
export const guide = (
  id: string,
  page: Readonly<{ title: string; facts: Readonly<Record<string, string>>; note: string; action: string }>,
): Guide => ({
  from: 'bot',
  guide: {
    Id: id,
    Arn: `arn:aws:connect:eu-west-2:123456789012:instance/alder/view/${id}`,
    Name: page.title,
    Version: 1,
    Content: {
      InputSchema: JSON.stringify({ type: 'object', properties: { Facts: {}, Note: {} } }),
      Template: JSON.stringify({
        Head: { Configuration: { Layout: { Columns: ['12'] } } },
        Body: [
          { _id: 'facts', Type: 'AttributeBar', Props: { Attributes: '$.Facts' }, Content: [] },
          { _id: 'note', Type: 'TextBlock', Props: {}, Content: ['$.Note'] },
        ],
      }),
      Actions: [page.action],
    },
  },
  data: {
    Facts: Object.entries(page.facts).map(([Label, Value]) => ({ Label, Value })),
    Note: page.note,
  },
})

/** What the customer entered in a guide. */
export const filledIn = (action: string, data: Readonly<Record<string, string>>): Turn => ({
  from: 'customer',
  text: JSON.stringify({ version: '1.0', templateType: 'ViewResource', action, data }),
  contentType: contentTypes.interactiveResponse,
})

/** Typed while a guide was open. */
export const typedInGuide = (content: string): Turn => filledIn(' ', { content })

export const carousel = (id: string, title: string, cards: readonly Card[]): Turn =>
  interactive('Carousel', id, {
    content: {
      title,
      omitTitleFromCarouselResponse: false,
      elements: cards.map((card, index) => ({
        templateIdentifier: `${id}-${index + 1}`,
        templateType: 'ListPicker',
        version: '1.0',
        data: content(card),
      })),
    },
  })

function content({ title, subtitle, choices, reply }: Card): object {
  const elements = choices.map(({ url, ...choice }) =>
    url === undefined ? choice : { ...choice, type: 'hyperlink', url },
  )
  return {
    ...(reply !== undefined && { replyMessage: { title: reply } }),
    content: { title, ...(subtitle !== undefined && { subtitle }), elements },
  }
}

function interactive(templateType: string, templateIdentifier: string, data: object): Turn {
  const text = JSON.stringify({ templateIdentifier, templateType, version: '1.0', data })
  return { from: 'bot', text, contentType: contentTypes.interactive }
}
