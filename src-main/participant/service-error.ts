import { z } from 'zod'
import type { FailureCode } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { ServiceWords } from './service-words.ts'

/** Something between us and the service answered in its place. */
export interface Gateway {
  readonly status: number
  /** What it calls itself, null when it does not say. */
  readonly name: string | null
}

interface Answered {
  readonly status?: number
  readonly retryAfter?: number | null
  readonly kind?: string | null
  readonly gateway?: Gateway | null
}

/**
 * A refusal or silence of the service. `retryAfter` is how long it asked to be left alone, in milliseconds; `kind` the
 * service's own name for its refusal, such as AccessDeniedException. A failure has a status only when the service
 * itself gave it; what a gateway said is in `gateway`.
 */
export class ServiceError extends DeskError {
  readonly retryAfter: number | null
  readonly kind: string | null
  readonly gateway: Gateway | null

  constructor(code: FailureCode, message: string, answer: Answered = {}) {
    const { status, gateway = null } = answer
    super(code, message, gateway === null ? status : { gateway: shownGateway(gateway) })
    this.name = 'ServiceError'
    this.retryAfter = answer.retryAfter ?? null
    this.kind = answer.kind ?? null
    this.gateway = gateway
  }
}

/** `403, Squid`. */
function shownGateway({ status, name }: Gateway): string {
  return name === null ? String(status) : `${status}, ${name}`
}

/** It says nothing about what was asked: waiting may help. */
export function answeredByGateway(where: string, gateway: Gateway, meant = 'the chat service'): ServiceError {
  const it = `a gateway (${shownGateway(gateway)})`
  const message = `What answered at ${where} is not ${meant} but ${it}. A sign-in page or proxy may be in the way.`
  return new ServiceError('gateway', message, { gateway })
}

const Thrown = z.looseObject({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z.looseObject({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
  $response: z
    .looseObject({ headers: z.record(z.string(), z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
type Thrown = z.infer<typeof Thrown>

/** Whatever a call threw, as a failure an agent can read. An answer in here is the service's own: see `originOfAnswer`. */
export function serviceError(thrown: unknown, host: string, words: ServiceWords): ServiceError {
  if (thrown instanceof ServiceError) return thrown
  const parsed = Thrown.safeParse(thrown)
  if (!parsed.success) return new ServiceError('internal', 'Something unexpected happened. Try again.')
  const status = parsed.data.$metadata?.httpStatusCode
  return status === undefined || status < 300
    ? withoutAnswer(parsed.data, host, status)
    : refusalOf({ status, thrown: parsed.data, host, words })
}

/** The exceptions of the service's model. */
const modelled = new Map<string, FailureCode>([
  ['AccessDeniedException', 'denied'],
  ['ValidationException', 'refused'],
  ['ThrottlingException', 'throttled'],
  ['InternalServerException', 'service-unavailable'],
  ['ConflictException', 'conflict'],
  ['ServiceQuotaExceededException', 'quota'],
  ['ResourceNotFoundException', 'not-found'],
])

/** What a refusal without a name of the model means. Any other status says nothing about what was asked. */
const byStatus = new Map<number, FailureCode>([
  [400, 'refused'],
  [401, 'denied'],
  [402, 'quota'],
  [403, 'denied'],
  [404, 'not-found'],
  [409, 'conflict'],
  [429, 'throttled'],
])

interface Refusal {
  readonly status: number
  readonly thrown: Thrown
  readonly host: string
  readonly words: ServiceWords
}

/** Whoever tries again by himself says so himself: what is read here may be the last word. */
function refusalOf({ status, thrown, host, words }: Refusal): ServiceError {
  const kind = thrown.name.endsWith('Exception') ? thrown.name : null
  const named = kind === null ? undefined : modelled.get(kind)
  const code = named ?? byStatus.get(status) ?? 'service-unavailable'
  // A firewall in front of the service speaks like it, but who may be in a chat only the service can say.
  if (code === 'denied' && kind !== null && named === undefined) {
    return answeredByGateway(host, { status, name: kind })
  }
  return new ServiceError(code, sentenceOf(code, thrown, words), {
    status,
    kind,
    retryAfter: retryAfterOf(thrown),
  })
}

function sentenceOf(code: FailureCode, thrown: Thrown, words: ServiceWords): string {
  switch (code) {
    case 'denied':
      return words.denied
    case 'quota':
      return 'This conversation has as many files as the service allows. No more can be sent.'
    case 'conflict':
      return 'The service is already doing this. Wait a moment before trying again.'
    case 'throttled':
      return 'The service is busy. Try again in a moment.'
    case 'service-unavailable':
      return 'The service has a problem. Try again in a moment.'
    default:
      return words.refused(reasonOf(thrown))
  }
}

const tryAgain = 'Check the network connection and try again.'

/** Nothing came back in the time there was. */
export function timedOut(host: string): ServiceError {
  return new ServiceError('timed-out', `${host} did not answer in time. ${tryAgain}`)
}

const unreachableCodes = new Map<string, string>([
  ['ENOTFOUND', 'was not found. Check the region or endpoint, and the network connection'],
  ['EAI_AGAIN', 'could not be looked up. Check the network connection'],
  ['ECONNREFUSED', 'cannot be reached: nothing answers there. Check the endpoint'],
  ['EHOSTUNREACH', 'cannot be reached. Check the network connection'],
  ['ENETUNREACH', 'cannot be reached. Check the network connection'],
])

function withoutAnswer(thrown: Thrown, host: string, status: number | undefined): ServiceError {
  const code = thrown.code ?? ''
  if (thrown.name === 'AbortError') return new ServiceError('cancelled', 'The call was given up.')
  if (code.startsWith('ERR_TLS') || code.includes('CERT') || code.includes('SELF_SIGNED')) {
    return new ServiceError(
      'unreachable',
      `${host} did not prove who it is (${code}). Ask your administrator about the certificate.`,
    )
  }
  const why = unreachableCodes.get(code)
  if (why !== undefined) return new ServiceError('unreachable', `${host} ${why}.`)
  // The SDK calls a reset connection a timeout, so the code has the last word.
  if (code === 'ETIMEDOUT' || (thrown.name === 'TimeoutError' && code !== 'ECONNRESET' && code !== 'EPIPE')) {
    return timedOut(host)
  }
  if (status !== undefined || thrown.name === 'SyntaxError') {
    return new ServiceError('service-unavailable', `${host} gave an answer that cannot be read. ${tryAgain}`)
  }
  return new ServiceError('unreachable', `The connection to ${host} was cut. ${tryAgain}`)
}

/** `Retry-After` is seconds or a date; only seconds are worth trusting to a clock that may be wrong. */
function retryAfterOf(thrown: Thrown): number | null {
  const headers = thrown.$response?.headers ?? {}
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, 120_000) : null
}

/** The service's own words, when they read like words. */
function reasonOf(thrown: Thrown): string {
  const message = thrown.message.split('\n')[0]?.trim().replace(/\.$/, '') ?? ''
  const isReadable = message.length > 2 && message.length <= 300 && !/^(unknown|unknownerror)$/i.test(message)
  return isReadable ? `: ${message}` : ''
}

/** The service itself did not accept the token. */
export function isRefusal(error: unknown): boolean {
  return error instanceof DeskError && error.failure.code === 'denied'
}

/** For the log. */
export function codeOf(error: unknown): string {
  return error instanceof DeskError ? error.failure.code : 'internal'
}
