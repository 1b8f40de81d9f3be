import { z } from 'zod'

/** Kinds of calls that have a rate of their own in each instance. */
export const rateOperations = [
  'connection',
  'disconnect',
  'transcript',
  'message',
  'event',
  'upload-start',
  'upload-complete',
  'attachment',
  'other',
] as const
export type RateOperation = (typeof rateOperations)[number]
export type RateField = `${RateOperation}.${'rate' | 'burst'}`

export const numberFields = [
  'connectionTimeout',
  'requestTimeout',
  'attempts',
  'backoffBase',
  'backoffCap',
  'messageCharacters',
  'fileBytes',
  'filesPerChat',
] as const
export type NumberField = (typeof numberFields)[number]

export const switchFields = [
  'fips',
  'dualStack',
  'correctClockSkew',
  'validateStrictly',
  'logRequests',
] as const
export type SwitchField = (typeof switchFields)[number]

export const rateFields: readonly RateField[] = rateOperations.flatMap(
  (operation) => [`${operation}.rate`, `${operation}.burst`] as const,
)
const placeFields = ['label', 'tag', 'region', 'endpoint'] as const
const proxyFields = ['proxyUrl', 'scriptUrl', 'exceptions'] as const
export const textFields = [...placeFields, ...proxyFields, ...numberFields, ...rateFields] as const
export type TextField = (typeof textFields)[number]
export const fields = [...textFields, ...switchFields, 'proxyMode', 'authorities'] as const
/** Everything about an instance that can be set, as the page names it. */
export type Field = (typeof fields)[number]

export const proxyModes = ['system', 'pac', 'manual', 'none'] as const
export type ProxyMode = (typeof proxyModes)[number]

/** A file of certificates, named by what is in it: its place on the disk never reaches the page. */
export const ShownAuthority = z.strictObject({
  authorityId: z.string(),
  /** Null where the text itself is kept. */
  fileName: z.string().nullable(),
  certificates: z.array(z.strictObject({ subject: z.string(), expiresAt: z.number().nullable() })).readonly(),
  /** Why it cannot be used, null when it can. */
  trouble: z.string().nullable(),
})
export type ShownAuthority = z.infer<typeof ShownAuthority>

/**
 * Settings as they are typed, right or wrong: seconds, megabytes (of 1,048,576 bytes) and calls per second as text, one
 * exception of the proxy per word.
 */
export const InstanceDraft = z.strictObject({
  texts: z.record(z.enum(textFields), z.string().max(4096)),
  switches: z.record(z.enum(switchFields), z.boolean()),
  proxyMode: z.enum(proxyModes),
  authorityIds: z.array(z.string().max(64)).max(64).readonly(),
})
export type InstanceDraft = z.infer<typeof InstanceDraft>

/** One instance with what is in force for it. */
export const InstanceSettings = z.strictObject({
  instanceId: z.string(),
  /** Its place is the administrator's, and so is everything about it. */
  isManaged: z.boolean(),
  draft: InstanceDraft,
  /** Fields an administrator has decided. */
  locked: z.array(z.enum(fields)).readonly(),
  authorities: z.array(ShownAuthority).readonly(),
})
export type InstanceSettings = z.infer<typeof InstanceSettings>

export const InstanceList = z.strictObject({
  instances: z.array(InstanceSettings).readonly(),
  /** What a new instance begins with. */
  blank: InstanceSettings.omit({ instanceId: true }),
  /** What each field is when nobody sets it. */
  defaults: InstanceDraft,
})
export type InstanceList = z.infer<typeof InstanceList>

export const Issue = z.strictObject({ field: z.enum(fields), sentence: z.string() })
export type Issue = z.infer<typeof Issue>

/** `instanceId` null: a new one. */
export const InstanceEdit = z.strictObject({
  instanceId: z.string().max(4096).nullable(),
  draft: InstanceDraft,
})
export type InstanceEdit = z.infer<typeof InstanceEdit>

const Invalid = z.strictObject({ outcome: z.literal('invalid'), issues: z.array(Issue).readonly() })

export const SaveOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('saved'), instanceId: z.string(), list: InstanceList }),
  Invalid,
])
export type SaveOutcome = z.infer<typeof SaveOutcome>

/** Whether sockets open as well. Null: it is not known yet where. */
const SocketReach = z.strictObject({ isOpen: z.boolean().nullable(), sentence: z.string() })
export type SocketReach = z.infer<typeof SocketReach>

export const ReachOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('reached'),
    host: z.string(),
    milliseconds: z.number(),
    socket: SocketReach,
  }),
  z.strictObject({ outcome: z.literal('failed'), sentence: z.string() }),
  Invalid,
])
export type ReachOutcome = z.infer<typeof ReachOutcome>

export const PickOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('picked'), authority: ShownAuthority }),
  z.strictObject({ outcome: z.literal('cancelled') }),
])
export type PickOutcome = z.infer<typeof PickOutcome>
