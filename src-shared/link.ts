import { z } from 'zod'
import { failureCodes } from './failure.ts'

/** Times are epoch milliseconds on this computer's clock unless a field says otherwise. */
export const Time = z.number()

export const EndReason = z.enum(['completed', 'left', 'transferred', 'rejected'])
export type EndReason = z.infer<typeof EndReason>

/** Only the socket is missing: what is written is sent, and what is said is read. */
const hasCalls = z.literal(true).optional()

/** The connection of one chat, in words an agent would use. */
export const Link = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('connecting'), since: Time, hasCalls }),
  z.strictObject({ phase: z.literal('catching-up'), since: Time }),
  z.strictObject({ phase: z.literal('live'), since: Time }),
  z.strictObject({
    phase: z.literal('waiting'),
    since: Time,
    attempt: z.int().positive(),
    retryAt: Time,
    reason: z.enum(failureCodes),
    /** What answered in place of the service, as `403, Squid`. */
    gateway: z.string().optional(),
    hasCalls,
  }),
  z.strictObject({ phase: z.literal('offline'), since: Time }),
  /** No socket since then, and calls work: what is new is read every few seconds. `host` is where the socket should be. */
  z.strictObject({ phase: z.literal('polling'), since: Time, host: z.string().nullable() }),
  z.strictObject({ phase: z.literal('ended'), at: Time, reason: EndReason }),
])
export type Link = z.infer<typeof Link>

/** The chat is served, by a socket or by readings: files can be had. */
export function isServed({ phase }: Pick<Link, 'phase'>): boolean {
  return phase === 'live' || phase === 'polling'
}
