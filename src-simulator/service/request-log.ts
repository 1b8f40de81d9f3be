import type { SimulatorClock } from '../clock.ts'
import { isoTime } from '../clock.ts'
import type { OperationName } from './operations.ts'

/** One request as it was seen. `status` is 0 for a connection cut or still open without an answer. */
export type RequestEntry = Readonly<{
  operation: OperationName | 'Unknown'
  contactId?: string | undefined
  participantId?: string | undefined
  status: number
  time: string
  clientToken?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
}>

type OpenEntry = { -readonly [Field in keyof RequestEntry]: RequestEntry[Field] }
type Opening = Omit<RequestEntry, 'status' | 'time'>

const safeHeaders = [
  'user-agent',
  'x-amz-user-agent',
  'content-type',
  'content-length',
  'host',
  'origin',
  'via',
]

/** Headers worth keeping; none of them is a secret, and of the secrets only their presence is noted. */
export function safeSubset(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of safeHeaders) {
    const value = headers[name]
    if (value !== undefined) kept[name] = String(value)
  }
  for (const name of ['authorization', 'x-amz-bearer'])
    if (headers[name] !== undefined) kept[name] = 'present'
  return kept
}

/** Every request since the start or the last reset, in order of arrival. */
export class RequestLog {
  readonly #clock: SimulatorClock
  #entries: OpenEntry[] = []

  constructor(clock: SimulatorClock) {
    this.#clock = clock
  }

  get all(): readonly RequestEntry[] {
    return this.#entries
  }

  open(opening: Opening): { close: (status: number) => void; note: (clientToken: string) => void } {
    const entry: OpenEntry = { ...opening, status: 0, time: isoTime(this.#clock.trueNow()) }
    this.#entries.push(entry)
    return {
      close: (status) => {
        entry.status = status
      },
      note: (clientToken) => {
        entry.clientToken = clientToken
      },
    }
  }

  clear(): void {
    this.#entries = []
  }
}
