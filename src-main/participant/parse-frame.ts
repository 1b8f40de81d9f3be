import { z } from 'zod'
import { parseItem } from './parse-item.ts'
import type { ServiceItem } from './service-item.ts'

export type Frame =
  | { readonly kind: 'subscribed' }
  | { readonly kind: 'subscription-refused' }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'ping'; readonly isHealthy: boolean }
  | { readonly kind: 'item'; readonly item: ServiceItem }
  | { readonly kind: 'forbidden' }
  /** Nothing to act on: of a topic nobody asked for, or an item that nobody shows. */
  | { readonly kind: 'junk' }
  /** Nobody can tell what it carried. It may have been a message. */
  | { readonly kind: 'unreadable' }

const Outer = z.looseObject({
  topic: z.string().optional().catch(undefined),
  content: z.unknown().optional(),
  statusCode: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
})
const Subscription = z.looseObject({ status: z.string(), topics: z.array(z.string()).catch([]) })

/** Longer than anything the service may send; such a frame is set aside unread so that it cannot stall the rest. */
const longestFrame = 1_000_000
/** JSON in a string in a string, lists in lists: so deep a frame is still understood. */
const deepest = 5
const longestList = 1000

const junk: Frame = { kind: 'junk' }
const unreadable: Frame = { kind: 'unreadable' }

/** What one frame on the wire carries. Several in one list, and what was encoded once too often, is understood too. */
export function parseFrames(text: string): readonly Frame[] {
  if (text.length > longestFrame) return [unreadable]
  const frames = unpack(text, deepest).flatMap(framesOf)
  const legible = frames.filter((frame) => frame.kind !== 'unreadable')
  return legible.length === frames.length && frames.length > 0 ? frames : [...legible, unreadable]
}

function framesOf(raw: unknown): readonly Frame[] {
  const outer = Outer.safeParse(raw)
  if (!outer.success) return [unreadable]
  const { topic, content, statusCode, message } = outer.data
  switch (topic) {
    case 'aws/subscribe':
      return [subscription(content)]
    case 'aws/heartbeat':
      return [{ kind: 'heartbeat' }]
    case 'aws/ping':
      return [{ kind: 'ping', isHealthy: statusCode === 200 }]
    case 'aws/chat': {
      const items = unpack(content, deepest)
      return items.length === 0 ? [unreadable] : items.map(chatItem)
    }
    case undefined:
      return [message === 'Forbidden' ? { kind: 'forbidden' } : unreadable]
    default:
      return [junk]
  }
}

function subscription(content: unknown): Frame {
  const reply = Subscription.safeParse(content)
  if (!reply.success) return junk
  return { kind: reply.data.status === 'success' ? 'subscribed' : 'subscription-refused' }
}

function chatItem(content: unknown): Frame {
  if (typeof content !== 'object' || content === null) return unreadable
  const item = parseItem(content)
  return item === null ? junk : { kind: 'item', item }
}

/** Takes off the strings and the lists around what was said. */
function unpack(raw: unknown, depth: number): readonly unknown[] {
  if (typeof raw === 'string') return depth === 0 ? [undefined] : unpack(readJson(raw), depth - 1)
  if (!Array.isArray(raw)) return [raw]
  if (depth === 0 || raw.length > longestList) return [undefined]
  return raw.flatMap((one: unknown) => unpack(one, depth - 1))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
