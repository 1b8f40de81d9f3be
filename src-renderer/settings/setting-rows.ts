import type { Field, NumberField, RateOperation, SwitchField, TextField } from '#shared/instance-settings.ts'

export interface TextSetting {
  readonly kind: 'text'
  readonly field: TextField
  readonly title: string
  readonly hint: string
  readonly width: 'short' | 'wide'
  readonly unit?: string
}

export interface SwitchSetting {
  readonly kind: 'switch'
  readonly field: SwitchField
  readonly title: string
  readonly hint: string
}

export type Setting = TextSetting | SwitchSetting

function text(field: TextField, title: string, hint: string): TextSetting {
  return { kind: 'text', field, title, hint, width: 'wide' }
}

function number(field: NumberField, title: string, about: { hint: string; unit?: string }): TextSetting {
  return { kind: 'text', field, title, width: 'short', ...about }
}

function onOff(field: SwitchField, title: string, hint: string): SwitchSetting {
  return { kind: 'switch', field, title, hint }
}

export const connection: readonly Setting[] = [
  text('label', 'Label', 'Empty: named after its region or host.'),
  { ...text('tag', 'Tag', 'Up to three letters beside each customer.'), width: 'short' },
  text('region', 'Region', 'As in eu-west-2.'),
  text('endpoint', 'Endpoint', 'Empty: the address of the region.'),
  onOff('fips', 'FIPS', 'Use the FIPS host of the region. Not with an endpoint.'),
  onOff('dualStack', 'Dual-stack', 'Use the IPv4 and IPv6 host of the region. Not with an endpoint.'),
]

export const proxyAddress = text('proxyUrl', 'Proxy address', 'As in http://proxy.example:3128.')
export const proxyScript = text('scriptUrl', 'Script address', 'As in https://example.com/proxy.pac.')
export const proxyExceptions = text(
  'exceptions',
  'Exceptions',
  'Hosts reached directly, such as *.example.com or <local>.',
)

export const patience: readonly Setting[] = [
  number('connectionTimeout', 'Connection timeout', {
    hint: 'For proxy, connection and TLS together.',
    unit: 's',
  }),
  number('requestTimeout', 'Request timeout', { hint: 'For the answer of one call.', unit: 's' }),
  number('attempts', 'Attempts', {
    hint: 'Of one reading call. Messages repeat by themselves until they are through.',
  }),
  number('backoffBase', 'First wait', { hint: 'Before the second try; doubles from try to try.', unit: 's' }),
  number('backoffCap', 'Longest wait', { hint: 'Between two tries.', unit: 's' }),
  onOff('correctClockSkew', 'Clock-skew correction', 'Count lifetimes by the clock of the service.'),
]

export const limits: readonly Setting[] = [
  number('messageCharacters', 'Message characters', { hint: 'In one message; the counter shows it.' }),
  number('fileBytes', 'Largest file', { hint: 'The most one attachment may have.', unit: 'MB' }),
  number('filesPerChat', 'Files per chat', { hint: 'In one conversation, both sides together.' }),
  onOff('validateStrictly', 'Strict validation', 'Refuse here what the service is known to refuse.'),
]

export const log: readonly Setting[] = [
  onOff(
    'logRequests',
    'Request log',
    'One line per call: operation, status and time. Never content, tokens or names.',
  ),
]

export const rateNames: Readonly<Record<RateOperation, string>> = {
  connection: 'Connections',
  disconnect: 'Leaving chats',
  transcript: 'Transcript pages',
  message: 'Messages',
  event: 'Typing and receipts',
  'upload-start': 'Uploads begun',
  'upload-complete': 'Uploads completed',
  attachment: 'File addresses',
  other: 'Everything else',
}

/** Where a problem lies, for the line that counts them. */
export function isRateField(field: Field): boolean {
  return field.includes('.')
}
