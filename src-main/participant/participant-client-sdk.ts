import type * as sdkModule from '@aws-sdk/client-connectparticipant'
import type { ConnectParticipantClient } from '@aws-sdk/client-connectparticipant'
import type { Agent } from 'node:http'
import { z } from 'zod'
import type { Clock } from '../chat/clock.ts'
import type { ClientOptions, NetworkAgents } from './client-options.ts'
import type { Call } from './participant-api.ts'
import { originOfAnswer } from './answer-origin.ts'
import { answeredByGateway, serviceError, timedOut } from './service-error.ts'
import type { ServiceWords } from './service-words.ts'

export type Sdk = typeof sdkModule
type Send<T> = (
  client: ConnectParticipantClient,
  sdk: Sdk,
  options: { abortSignal: AbortSignal },
) => Promise<T>

const unsigned = 'smithy.api#noAuth'

/** Runs one SDK call: unsigned, tried once, with an end to its patience, and with errors in our own words. */
export class SdkTransport {
  readonly #options: ClientOptions
  readonly #clock: Clock
  #client: ConnectParticipantClient | null = null
  readonly #answers = new WeakMap<object, RawAnswer>()
  #agents: NetworkAgents | null = null

  constructor(options: ClientOptions, clock: Clock) {
    this.#options = options
    this.#clock = clock
  }

  async run<T>(words: ServiceWords, call: Call | undefined, send: Send<T>): Promise<T> {
    const patience = new AbortController()
    const total = this.#options.connectionTimeout + this.#options.requestTimeout
    const stop = this.#clock.after(total, () => patience.abort())
    const signals = [patience.signal, ...(call?.signal === undefined ? [] : [call.signal])]
    try {
      // Loaded with the first call: it is the largest thing in the app.
      const sdk = await import('@aws-sdk/client-connectparticipant')
      return await send(this.#connected(sdk), sdk, { abortSignal: AbortSignal.any(signals) })
    } catch (error) {
      if (patience.signal.aborted) throw timedOut(this.#host())
      throw serviceError(error, this.#host(), words)
    } finally {
      stop()
    }
  }

  /** What came over the wire for this output of `run`. */
  raw(output: object): RawAnswer {
    return this.#answers.get(output) ?? noAnswer
  }

  /** How long something the service dated will last, counted from its answer. Null when that makes no sense. */
  lifetime(expiry: string | undefined, answeredAt: number | null): number | null {
    const end = Date.parse(expiry ?? '')
    if (Number.isNaN(end)) return null
    const start = this.#options.correctClockSkew ? answeredAt : null
    const left = end - (start ?? this.#clock.now())
    return left > 0 ? left : null
  }

  dropIdleConnections(): void {
    if (this.#agents === null) return
    dropFree(this.#agents.http)
    dropFree(this.#agents.https)
    this.#agents = null
    this.#client = null
  }

  agents(): NetworkAgents {
    this.#agents ??= this.#options.agents()
    return this.#agents
  }

  #connected(sdk: Sdk): ConnectParticipantClient {
    if (this.#client === null) {
      this.#client = createClient(sdk, this.#options, this.agents())
      tapAnswers(this.#client, { byOutput: this.#answers, host: this.#host() })
    }
    return this.#client
  }

  #host(): string {
    const { endpoint, region } = this.#options
    return endpoint === null ? `The chat service in ${region}` : new URL(endpoint).host
  }
}

function createClient(sdk: Sdk, options: ClientOptions, agents: NetworkAgents): ConnectParticipantClient {
  const { region, fips, dualStack, endpoint } = options
  const client = new sdk.ConnectParticipantClient({
    region,
    useFipsEndpoint: fips,
    useDualstackEndpoint: dualStack,
    ...(endpoint !== null && { endpoint }),
    // Otherwise AWS_ENDPOINT_URL and `endpoint_url` of an AWS file say where the token goes.
    ignoreConfiguredEndpointUrls: true,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    authSchemePreference: [unsigned],
    userAgentAppId: 'Parley',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    httpAuthSchemeProvider: () => [{ schemeId: unsigned }],
    httpAuthSchemes: [
      {
        schemeId: unsigned,
        identityProvider: () => () => Promise.resolve({}),
        signer: { sign: (request) => Promise.resolve(request) },
      },
    ],
    requestHandler: {
      connectionTimeout: options.connectionTimeout,
      requestTimeout: options.requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: agents.http,
      httpsAgent: agents.https,
    },
  })
  // The last word on where a call goes: the SDK's rules for what the instance says, and nothing it found elsewhere.
  const resolve = client.config.endpointProvider
  const place = {
    Region: region,
    UseFIPS: fips,
    UseDualStack: dualStack,
    ...(endpoint !== null && { Endpoint: endpoint }),
  }
  client.config.endpointProvider = (_found, context) => resolve(place, context)
  return client
}

/** Calls under way keep their sockets. */
function dropFree(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy()
  }
}

/** The HTTP answer beside what the SDK made of it: the SDK drops every field its model does not know. */
export interface RawAnswer {
  /** The service's clock. */
  readonly date: number | null
  readonly body: unknown
}

const noAnswer: RawAnswer = { date: null, body: undefined }
const Headers = z.record(z.string(), z.string()).catch({})

interface Tap {
  readonly byOutput: WeakMap<object, RawAnswer>
  readonly host: string
}

/**
 * Keeps every raw answer beside the output the SDK made of it, for as long as that output is held. What the service
 * did not write never gets as far as the SDK.
 */
function tapAnswers(client: ConnectParticipantClient, { byOutput, host }: Tap): void {
  const byContext = new WeakMap<object, RawAnswer>()
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args)
      const { response } = result
      if (!isHttpAnswer(response)) return result
      const body = await readAll(response.body)
      const headers = lowerCased(Headers.parse(response.headers))
      const answer = { status: response.statusCode, headers, body }
      const origin = originOfAnswer(operationOf(context), answer)
      if (origin.by === 'gateway') throw answeredByGateway(host, { status: answer.status, name: origin.name })
      // The SDK takes bytes as well as the stream that has just been emptied.
      response.body = body
      byContext.set(context, { date: dateOf(headers), body: readJson(body) })
      return result
    },
    { name: 'readAnswer', step: 'deserialize', priority: 'low' },
  )
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args)
      byOutput.set(result.output, byContext.get(context) ?? noAnswer)
      return result
    },
    { name: 'keepAnswer', step: 'initialize' },
  )
}

/** `SendMessageCommand` carries out `SendMessage`. */
function operationOf({ commandName }: { readonly commandName?: string }): string {
  return (commandName ?? '').replace(/Command$/, '')
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

interface Answered {
  statusCode: number
  headers: unknown
  body: unknown
}

function isHttpAnswer(response: unknown): response is Answered {
  if (typeof response !== 'object' || response === null) return false
  return 'body' in response && 'headers' in response && 'statusCode' in response
}

async function readAll(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  if (!isAsyncIterable(body)) return new Uint8Array()
  const chunks: Uint8Array[] = []
  for await (const chunk of body) {
    if (chunk instanceof Uint8Array) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isAsyncIterable(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

function dateOf(headers: Readonly<Record<string, string>>): number | null {
  const at = Date.parse(headers['date'] ?? '')
  return Number.isNaN(at) ? null : at
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
