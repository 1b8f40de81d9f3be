import type { EventName } from '#shared/entry.ts'

const prefix = 'application/vnd.amazonaws.connect.event.'

export const typingType = `${prefix}typing`
export const deliveredType = `${prefix}message.delivered`
export const readType = `${prefix}message.read`

const eventsByContentType = new Map<string, EventName>(
  Object.entries({
    'participant.joined': 'joined',
    'participant.left': 'left',
    'participant.invited': 'invited',
    'participant.active': 'active',
    'participant.inactive': 'inactive',
    'participant.idle': 'idle',
    'participant.returned': 'returned',
    'participant.autodisconnection': 'auto-disconnected',
    'participant.displayname.updated': 'renamed',
    'transfer.succeeded': 'transferred',
    'transfer.failed': 'transfer-failed',
    'chat.ended': 'ended',
    'chat.rehydrated': 'rehydrated',
    'authentication.initiated': 'authentication-started',
    'authentication.succeeded': 'authentication-succeeded',
    'authentication.failed': 'authentication-failed',
    'authentication.timeout': 'authentication-timed-out',
    'authentication.expired': 'authentication-expired',
    'authentication.cancelled': 'authentication-cancelled',
    'workflow.cancelled': 'workflow-cancelled',
  } as const),
)

/** Types the model names but traffic has not been seen to use. */
const eventsByType = new Map<string, EventName>(
  Object.entries({
    PARTICIPANT_JOINED: 'joined',
    PARTICIPANT_LEFT: 'left',
    CHAT_ENDED: 'ended',
    TRANSFER_SUCCEEDED: 'transferred',
    TRANSFER_FAILED: 'transfer-failed',
  } as const),
)

export function eventNameOf(contentType: string, type: string): EventName {
  const name = contentType.startsWith(prefix) ? contentType.slice(prefix.length) : ''
  return eventsByContentType.get(name) ?? eventsByType.get(type) ?? 'unknown'
}
