const event = (name: string): string => `application/vnd.amazonaws.connect.event.${name}`
const message = (name: string): string => `application/vnd.amazonaws.connect.message.${name}`

export const contentTypes = {
  plain: 'text/plain',
  markdown: 'text/markdown',
  json: 'application/json',
  interactive: message('interactive'),
  interactiveResponse: message('interactive.response'),
  typing: event('typing'),
  acknowledged: event('connection.acknowledged'),
  joined: event('participant.joined'),
  left: event('participant.left'),
  invited: event('participant.invited'),
  idle: event('participant.idle'),
  returned: event('participant.returned'),
  autoDisconnection: event('participant.autodisconnection'),
  displayNameUpdated: event('participant.displayname.updated'),
  transferSucceeded: event('transfer.succeeded'),
  transferFailed: event('transfer.failed'),
  ended: event('chat.ended'),
  rehydrated: event('chat.rehydrated'),
  delivered: event('message.delivered'),
  read: event('message.read'),
  metadata: event('message.metadata'),
  authenticationInitiated: event('authentication.initiated'),
  authenticationCancelled: event('authentication.cancelled'),
} as const

/** The events that stay in the transcript; all others are only seen by those who are connected. */
export const persistedEvents: ReadonlySet<string> = new Set([
  contentTypes.invited,
  contentTypes.joined,
  contentTypes.left,
  contentTypes.ended,
  contentTypes.transferSucceeded,
  contentTypes.transferFailed,
])
