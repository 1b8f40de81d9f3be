import { z } from 'zod'

/** Interactive messages as Connect sends them, reduced to what an agent reads. Pictures are never loaded from their URL. */
const Choice = z.strictObject({
  title: z.string(),
  subtitle: z.string().nullable(),
  imageDescription: z.string().nullable(),
  url: z.string().nullable(),
})
export type Choice = z.infer<typeof Choice>

/** One line of a form the customer filled in. */
const Field = z.strictObject({ label: z.string(), value: z.string() })
export type Field = z.infer<typeof Field>

const heading = {
  title: z.string(),
  subtitle: z.string().nullable(),
  /** Lets a later list replace an earlier one. */
  referenceId: z.string().nullable(),
  /** Further words of the message that none of the other members holds, in its own order. */
  more: z.array(z.string()).readonly().optional(),
}

const ListLike = z.strictObject({
  type: z.enum(['ListPicker', 'Panel', 'QuickReply']),
  ...heading,
  choices: z.array(Choice).readonly(),
})
export type ListLike = z.infer<typeof ListLike>

const TimePicker = z.strictObject({
  type: z.literal('TimePicker'),
  ...heading,
  location: z.string().nullable(),
  slots: z.array(z.strictObject({ at: z.number(), minutes: z.number().nullable() })).readonly(),
  /** Minutes ahead of UTC in which the customer reads the times; null where their own zone is meant. */
  zoneOffset: z.number().nullable().default(null),
})
export type TimePicker = z.infer<typeof TimePicker>

const Unknown = z.strictObject({ type: z.literal('Unknown'), ...heading, templateType: z.string() })

/** What a carousel is made of. */
const Card = z.discriminatedUnion('type', [ListLike, TimePicker, Unknown])
export type Card = z.infer<typeof Card>

export const Template = z.discriminatedUnion('type', [
  ListLike,
  TimePicker,
  z.strictObject({ type: z.literal('Carousel'), ...heading, cards: z.array(Card).readonly() }),
  z.strictObject({ type: z.literal('ViewResource'), ...heading, viewId: z.string().nullable() }),
  /** An answer to one of the above, or an action on it. */
  z.strictObject({
    type: z.literal('Response'),
    ...heading,
    action: z.string(),
    /** What was entered. Conversations kept by earlier versions have none. */
    fields: z.array(Field).readonly().default([]),
  }),
  Unknown,
])
export type Template = z.infer<typeof Template>
