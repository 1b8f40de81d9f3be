import { z } from 'zod'
import type { FailureCode } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { ServiceWords } from './service-words.ts'

/**
 * A refusal or silence of the service. `retryAfter` is how long it asked to be left alone, in milliseconds; `kind` the
 * service's own name for its refusal, such as AccessDeniedException, null when somebody else may have written the answer.
 */
export class ServiceError extends DeskError {
  readonly retryAfter: number | null
  readonly kind: string | null

  constructor(
    code: FailureCode,
    message: string,
    answer: { status?: number; retryAfter?: number | null; kind?: string | null } = {},
  ) {
    super(code, message, answer.status)
    this.name = 'ServiceError'
    this.retryAfter = answer.retryAfter ?? null
    this.kind = answer.kind ?? null
  }
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

/** Whatever a call threw, as a failure an agent can read. The HTTP status decides first, the name second. */
export function serviceError(thrown: unknown, host: string, words: ServiceWords): ServiceError {
  if (thrown instanceof ServiceError) return thrown
  const parsed = Thrown.safeParse(thrown)
  if (!parsed.success) return new ServiceError('internal', 'Something unexpected happened. Try again.')
  const status = parsed.data.$metadata?.httpStatusCode
  return status === undefined || status < 300
    ? withoutAnswer(parsed.data, host, status)
    : withStatus(status, parsed.data, words)
}

/** Whoever tries again by himself says so himself: what is read here may be the last word. */
function withStatus(status: number, thrown: Thrown, words: ServiceWords): ServiceError {
  const retryAfter = retryAfterOf(thrown)
  const kind = thrown.name.endsWith('Exception') ? thrown.name : null
  const refuse = (code: FailureCode, message: string) =>
    new ServiceError(code, message, { status, retryAfter, kind })
  switch (status) {
    case 400:
      return refuse('refused', words.refused(reasonOf(thrown)))
    case 402:
      return refuse(
        'quota',
        'This conversation has as many files as the service allows. No more can be sent.',
      )
    case 401:
    case 403:
      return refuse('denied', words.denied)
    case 404:
      return refuse('not-found', words.refused(reasonOf(thrown)))
    case 409:
      return refuse('conflict', 'The service is already doing this. Wait a moment before trying again.')
    case 429:
      return refuse('throttled', 'The service is busy. Try again in a moment.')
    default:
      return status >= 500
        ? refuse('service-unavailable', 'The service has a problem. Try again in a moment.')
        : refuse('refused', words.refused(''))
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
    return new ServiceError(
      'service-unavailable',
      `${host} answered with something that is not the chat service. A sign-in page or proxy may be in the way.`,
    )
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

/** The token was not accepted. */
export function isRefusal(error: unknown): boolean {
  return error instanceof DeskError && (error.failure.status === 403 || error.failure.status === 401)
}

/** For the log. */
export function codeOf(error: unknown): string {
  return error instanceof DeskError ? error.failure.code : 'internal'
}
