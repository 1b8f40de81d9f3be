import type { EventEntry } from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'
import { firstName } from '../inbox/first-name.ts'
import { timeOfDay } from '../ui/time.ts'
import { type Named, senderName } from './senders.ts'
import { isolated } from '../ui/bidi.ts'

interface About {
  readonly who: string
  readonly has: string
  readonly was: string
}

/** The timers of a chat run for agents as well as for customers. One that names nobody is the customer's. */
function aboutWhom(sender: EventEntry['sender'], chat: Named): About {
  if (sender?.own === true) return { who: 'You', has: 'You have', was: 'You were' }
  const isCustomer = sender === null || sender.role === 'customer' || sender.role === 'system'
  const who = isolated(isCustomer ? firstName(chat.customer) : senderName(sender, chat))
  return { who, has: `${who} has`, was: `${who} was` }
}

/** What happened, as a plain sentence. */
export function eventText(entry: EventEntry, chat: Named): string {
  const name = isolated(firstName(chat.customer))
  const about = aboutWhom(entry.sender, chat)
  const who = entry.sender === null ? 'Someone' : isolated(senderName(entry.sender, chat))
  const at = timeOfDay(entry.at)
  switch (entry.event) {
    case 'joined':
      return `${who} joined at ${at}`
    case 'left':
      return `${who} left at ${at}`
    case 'invited':
      return `${who === 'Someone' ? 'Another person' : who} was invited at ${at}`
    case 'active':
      return `${who} became active at ${at}`
    case 'inactive':
      return `${who} became inactive at ${at}`
    case 'idle':
      return `${about.has} been idle since ${at}. The chat may end on its own`
    case 'returned':
      return `${about.who} came back at ${at}`
    case 'auto-disconnected':
      return `${about.was} disconnected at ${at} after being idle`
    case 'transferred':
      return `The chat was transferred at ${at}`
    case 'transfer-failed':
      return `A transfer did not go through at ${at}`
    case 'ended':
      return `Chat ended at ${at}`
    case 'rehydrated':
      return 'An earlier conversation was added above'
    case 'renamed':
      return entry.detail === null ? `A name changed at ${at}` : `The name is now ${isolated(entry.detail)}`
    case 'authentication-started':
      return `${name} was asked to sign in at ${at}`
    case 'authentication-succeeded':
      return `${name} signed in at ${at}`
    case 'authentication-failed':
      return `The sign-in of ${name} failed at ${at}`
    case 'authentication-timed-out':
      return `The sign-in of ${name} took too long and stopped at ${at}`
    case 'authentication-expired':
      return `The sign-in request to ${name} expired at ${at}`
    case 'authentication-cancelled':
      return `The sign-in of ${name} was cancelled at ${at}`
    case 'workflow-cancelled':
      return `The guide was cancelled at ${at}`
    case 'unknown':
      return entry.detail === null ? `An event at ${at}` : `An event at ${at}: ${isolated(entry.detail)}`
    default:
      return unreachable(entry.event)
  }
}
