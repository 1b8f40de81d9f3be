/** The participant operations with the rates of the published quotas (per second, burst). */
export const operations = {
  CreateParticipantConnection: { method: 'POST', path: '/participant/connection', rate: [6, 9] },
  DisconnectParticipant: { method: 'POST', path: '/participant/disconnect', rate: [3, 5] },
  SendMessage: { method: 'POST', path: '/participant/message', rate: [10, 15] },
  SendEvent: { method: 'POST', path: '/participant/event', rate: [10, 15] },
  GetTranscript: { method: 'POST', path: '/participant/transcript', rate: [8, 12] },
  StartAttachmentUpload: { method: 'POST', path: '/participant/start-attachment-upload', rate: [2, 5] },
  CompleteAttachmentUpload: { method: 'POST', path: '/participant/complete-attachment-upload', rate: [2, 5] },
  GetAttachment: { method: 'POST', path: '/participant/attachment', rate: [8, 12] },
  DescribeView: { method: 'GET', path: '/participant/views/', rate: [2, 5] },
  GetAuthenticationUrl: { method: 'POST', path: '/participant/authentication-url', rate: [2, 5] },
  CancelParticipantAuthentication: {
    method: 'POST',
    path: '/participant/cancel-authentication',
    rate: [2, 5],
  },
} as const satisfies Record<string, { method: string; path: string; rate: readonly [number, number] }>

export type Operation = keyof typeof operations

/** Everything that can be asked of the simulator besides control, as faults and the request log name it. */
export const operationNames = [
  'CreateParticipantConnection',
  'DisconnectParticipant',
  'SendMessage',
  'SendEvent',
  'GetTranscript',
  'StartAttachmentUpload',
  'CompleteAttachmentUpload',
  'GetAttachment',
  'DescribeView',
  'GetAuthenticationUrl',
  'CancelParticipantAuthentication',
  'WebSocket',
  'PutObject',
  'GetObject',
  'Feed',
] as const

export type OperationName = (typeof operationNames)[number]

export type Route = Readonly<{ operation: Operation; pathToken: string | undefined }>

const routes = new Map<string, Operation>()
for (const [name, { method, path }] of Object.entries(operations))
  if (isOperation(name)) routes.set(`${method} ${path}`, name)

export function routeOf(method: string, pathname: string): Route | undefined {
  const views = operations.DescribeView.path
  if (method === 'GET' && pathname.startsWith(views) && pathname.length > views.length)
    return { operation: 'DescribeView', pathToken: decodeURIComponent(pathname.slice(views.length)) }
  const operation = routes.get(`${method} ${pathname}`)
  return operation && { operation, pathToken: undefined }
}

function isOperation(name: string): name is Operation {
  return name in operations
}
