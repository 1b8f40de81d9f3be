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
  /** A frame with nothing to act on: empty, malformed, or of a topic nobody asked for. */
  | { readonly kind: 'junk' }

const Outer = z.looseObject({
  topic: z.string().optional().catch(undefined),
  content: z.unknown().optional(),
  statusCode: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
})
const Subscription = z.looseObject({ status: z.string(), topics: z.array(z.string()).catch([]) })

/** Longer than anything the service may send; such a frame is set aside unread so that it cannot stall the rest. */
const longestFrame = 1_000_000

const junk: Frame = { kind: 'junk' }

export function parseFrame(text: string): Frame {
  if (text === '' || text.length > longestFrame) return junk
  const outer = Outer.safeParse(readJson(text))
  if (!outer.success) return junk
  const { topic, content, statusCode, message } = outer.data
  switch (topic) {
    case 'aws/subscribe':
      return subscription(content)
    case 'aws/heartbeat':
      return { kind: 'heartbeat' }
    case 'aws/ping':
      return { kind: 'ping', isHealthy: statusCode === 200 }
    case 'aws/chat':
      return chatItem(content)
    default:
      return topic === undefined && message === 'Forbidden' ? { kind: 'forbidden' } : junk
  }
}

function subscription(content: unknown): Frame {
  const reply = Subscription.safeParse(content)
  if (!reply.success) return junk
  return { kind: reply.data.status === 'success' ? 'subscribed' : 'subscription-refused' }
}

function chatItem(content: unknown): Frame {
  const item = parseItem(typeof content === 'string' ? readJson(content) : content)
  return item === null ? junk : { kind: 'item', item }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
