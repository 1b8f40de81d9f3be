import type { Chat } from '#shared/model.ts'
import { usableFirstName } from '../inbox/first-name.ts'
import { asField } from './fields.ts'

export interface QuickResponse {
  readonly name: string
  readonly about: string
  readonly text: string
}

export type Piece =
  | { readonly kind: 'text' | 'filled'; readonly text: string }
  /** A placeholder without a value for this contact. */
  | { readonly kind: 'missing'; readonly text: string }

/** What an agent starts with. Placeholders are contact attributes, or `customer` for the first name. */
export const starterResponses: readonly QuickResponse[] = [
  { name: 'hello', about: 'Greet the customer', text: 'Hello {customer}, how can I help you today?' },
  {
    name: 'moment',
    about: 'Ask for a moment',
    text: 'Thank you, {customer}. I am looking into this now and will be back in a few minutes.',
  },
  {
    name: 'order',
    about: 'Confirm the order number',
    text: 'I have order {order} open. Is this the one you are asking about?',
  },
  {
    name: 'order-number',
    about: 'Ask for the order number',
    text: 'Could you send me the order number? It begins with two letters and is in your confirmation email.',
  },
  {
    name: 'photo',
    about: 'Ask for a photo',
    text: 'Could you send a photo? The paperclip below adds a file.',
  },
  {
    name: 'refund-time',
    about: 'When a refund arrives',
    text: 'The refund for order {order} is on its way. It takes 3 to 5 working days to reach your account.',
  },
  {
    name: 'replace-part',
    about: 'Replacement part on its way',
    text: 'Hi {customer}, the new part for order {order} leaves our warehouse tomorrow and reaches you on {DeliveryDate}.',
  },
  {
    name: 'anything-else',
    about: 'Ask before closing',
    text: 'Is there anything else I can help you with, {customer}?',
  },
  { name: 'goodbye', about: 'Say goodbye', text: 'Thank you for your time, {customer}. Have a good day.' },
]

export function matchingResponses(
  query: string,
  responses: readonly QuickResponse[] = starterResponses,
): readonly QuickResponse[] {
  const wanted = query.toLowerCase()
  const starting = responses.filter(({ name }) => name.startsWith(wanted))
  const others = responses.filter(
    (response) =>
      !starting.includes(response) && `${response.name} ${response.about}`.toLowerCase().includes(wanted),
  )
  return [...starting, ...others]
}

export function fillResponse(
  response: QuickResponse,
  chat: Pick<Chat, 'customer' | 'attributes'>,
): readonly Piece[] {
  return response.text
    .split(/(\{\w+\})/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (!part.startsWith('{')) return { kind: 'text', text: part }
      const name = part.slice(1, -1)
      const value = valueOf(name, chat)
      return value === null
        ? { kind: 'missing', text: name === 'customer' ? 'first name' : name }
        : { kind: 'filled', text: value }
    })
}

/** The text to insert, and where the first missing value stands in it, to be selected and typed over. */
export function assemble(pieces: readonly Piece[]): {
  readonly text: string
  readonly missing: { readonly start: number; readonly end: number } | null
} {
  let text = ''
  let missing: { start: number; end: number } | null = null
  for (const piece of pieces) {
    const shown = piece.kind === 'missing' ? asField(piece.text) : piece.text
    if (piece.kind === 'missing') missing ??= { start: text.length, end: text.length + shown.length }
    text += shown
  }
  return { text, missing }
}

function valueOf(name: string, chat: Pick<Chat, 'customer' | 'attributes'>): string | null {
  if (name === 'customer') return usableFirstName(chat.customer)
  const wanted = name.toLowerCase()
  const found = chat.attributes.find((attribute) => plainName(attribute.name) === wanted)
  return found === undefined || found.value === '' ? null : found.value
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/gu, '')
}
