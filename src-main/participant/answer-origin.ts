/** An HTTP answer as it came over the wire. */
export interface HttpAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Who wrote an answer: the service itself, or something between us and it. */
export type AnswerOrigin =
  { readonly by: 'service' } | { readonly by: 'gateway'; readonly name: string | null }

const fromService: AnswerOrigin = { by: 'service' }

/** What each operation's success may carry. Those with nothing here say all they have to say with `{}`. */
const successFields: Readonly<Record<string, readonly string[]>> = {
  CreateParticipantConnection: ['Websocket', 'ConnectionCredentials', 'WebRTCConnection'],
  SendMessage: ['Id', 'AbsoluteTime'],
  SendEvent: ['Id', 'AbsoluteTime'],
  GetTranscript: ['Transcript', 'InitialContactId', 'NextToken'],
  StartAttachmentUpload: ['AttachmentId', 'UploadMetadata'],
  GetAttachment: ['Url', 'UrlExpiry', 'AttachmentSizeInBytes'],
  DescribeView: ['View'],
  GetAuthenticationUrl: ['AuthenticationUrl'],
}

/**
 * Whether the participant service wrote this answer to one of its operations. Captive portals, proxies and load
 * balancers answer in its place, with any status and any body; none of them says anything about a chat, a token or a
 * message. The service names its exception in a header or in its JSON, and numbers every request.
 */
export function originOfAnswer(operation: string, answer: HttpAnswer): AnswerOrigin {
  const { status, headers, body } = answer
  const json = readObject(body)
  const isEmpty = body.length === 0
  const isNumbered = headers['x-amzn-requestid'] !== undefined
  if (status >= 200 && status < 300) {
    const isOurs = json !== null && (isNumbered || isSuccess(operation, json))
    return isOurs || (isEmpty && isNumbered) ? fromService : gateway(answer)
  }
  const isNamed = exceptionIn(headers, json) !== null && (json !== null || isEmpty)
  const isWorded = isNumbered && json !== null && hasMessage(json)
  return isNamed || isWorded ? fromService : gateway(answer)
}

/**
 * Whether the file storage wrote this answer. It refuses in XML with a code of its own, and numbers what it does or
 * names the version of what it took and gives.
 */
export function originOfStorageAnswer(answer: HttpAnswer): AnswerOrigin {
  const { status, headers, body } = answer
  const isNumbered = headers['x-amz-request-id'] !== undefined || headers['x-amz-id-2'] !== undefined
  if (status >= 200 && status < 300) {
    return isNumbered || headers['etag'] !== undefined ? fromService : gateway(answer)
  }
  const isWorded = /<Error>[\s\S]*<Code>\w+<\/Code>/.test(new TextDecoder().decode(body))
  return isWorded || (isNumbered && body.length === 0) ? fromService : gateway(answer)
}

/** Something that looks like neither has to be told apart by what it may carry: an empty object says nothing else. */
function isSuccess(operation: string, json: Readonly<Record<string, unknown>>): boolean {
  const fields = Object.keys(json)
  const known = successFields[operation] ?? []
  return fields.length === 0 || fields.some((field) => known.includes(field))
}

/** `AccessDeniedException:http://…` in the header, `com.amazonaws.x#AccessDeniedException` in JSON. */
function exceptionIn(
  headers: HttpAnswer['headers'],
  json: Readonly<Record<string, unknown>> | null,
): string | null {
  const named = headers['x-amzn-errortype'] ?? json?.['__type']
  if (typeof named !== 'string') return null
  const name = named.split(':')[0]?.split('#').at(-1) ?? ''
  return /^\w+Exception$/.test(name) ? name : null
}

function hasMessage(json: Readonly<Record<string, unknown>>): boolean {
  return typeof json['Message'] === 'string' || typeof json['message'] === 'string'
}

function readObject(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null
  } catch {
    return null
  }
}

function gateway({ status, headers, body }: HttpAnswer): AnswerOrigin {
  const target = headers['location'] ?? ''
  const portal = status >= 300 && status < 400 && URL.canParse(target) ? new URL(target).host : ''
  // `Via: 1.1 proxy.example (squid)`: the protocol in front of the name tells nobody anything.
  const via = (headers['via'] ?? '').replace(/^(HTTP\/)?\d(\.\d)?\s+/i, '')
  const title = /<title>([^<]*)<\/title>/i.exec(new TextDecoder().decode(body.subarray(0, 4096)))?.[1] ?? ''
  const name = [portal, via, headers['server'] ?? '', title].map(asWords).find((text) => text !== '')
  return { by: 'gateway', name: name ?? null }
}

const longestName = 60

/** On one line and short: a stranger wrote it. */
function asWords(text: string): string {
  const words = text.replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ').trim()
  const letters = [...words]
  return letters.length <= longestName ? words : `${letters.slice(0, longestName).join('')}…`
}
