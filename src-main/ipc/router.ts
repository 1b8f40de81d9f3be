import { requests, type Handlers, type RequestName } from '#shared/contract.ts'
import { DeskError, type Failure, type Reply } from '#shared/failure.ts'
import { describeBug } from '../platform/describe-bug.ts'
import type { CallBudget } from './call-budget.ts'
import type { CountedLog } from './counted-log.ts'
import type { FairTurns } from './fair-turns.ts'

/** What works from the start: a window can be closed while conversations are still being opened. */
export type WindowHandlers = Pick<Handlers, 'window.minimize' | 'window.maximize' | 'window.close'>

export interface RouterPorts {
  readonly windowHandlers: WindowHandlers
  /** There once the conversations are open; until then requests wait. */
  readonly handlers: Promise<Handlers>
  readonly budget: Pick<CallBudget, 'take'>
  readonly turns: Pick<FairTurns, 'run'>
  readonly log: Pick<CountedLog, 'warn' | 'error'>
}

const internal: Failure = {
  code: 'internal',
  message: 'Parley ran into a fault of its own. Nothing was sent. The details are in the log.',
}

/**
 * Answers one call from the page. The input is parsed because the page is not trusted, the output because a field
 * added by mistake must fail here and not appear there. Never rejects: failures travel as data.
 */
export async function answer(ports: RouterPorts, name: unknown, input: unknown): Promise<Reply<unknown>> {
  if (!ports.budget.take(name)) return tooMuch(ports)
  if (!isRequestName(name)) return refuse('bad-input', 'This request is not part of the contract.')
  return ports.turns.run(() => parseAndHandle(ports, name, input))
}

async function parseAndHandle(
  ports: RouterPorts,
  name: RequestName,
  input: unknown,
): Promise<Reply<unknown>> {
  const spec = requests[name]
  const parsed = spec.input.safeParse(input)
  if (!parsed.success) {
    ports.log.warn('request-refused', { request: name })
    return refuse('bad-input', 'This request did not have the agreed form.')
  }
  return settle(ports, name, async () => {
    const handlers: Partial<Handlers> = isOfWindow(ports, name) ? ports.windowHandlers : await ports.handlers
    // The names tie input and handler together; the compiler cannot follow that through a union of all names.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- see above
    const handle = handlers[name] as (input: unknown) => unknown
    return spec.output.parse(await handle(parsed.data))
  })
}

/** Runs `work` and makes the envelope; the one place where an error becomes a `Failure`. */
export async function settle<T>(
  ports: Pick<RouterPorts, 'log'>,
  name: string,
  work: () => Promise<T>,
): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof DeskError) return { ok: false, failure: error.failure }
    ports.log.error('request-failed', { request: name, ...describeBug(error) })
    return { ok: false, failure: internal }
  }
}

/** A page of ours never asks that often. */
export function tooMuch({ log }: Pick<RouterPorts, 'log'>): Reply<never> {
  log.warn('request-over-budget', {})
  return refuse('throttled', 'Parley was asked for too much at once. Wait a moment and try again.')
}

export function refuse(code: Failure['code'], message: string): Reply<never> {
  return { ok: false, failure: { code, message } }
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name)
}

function isOfWindow({ windowHandlers }: RouterPorts, name: RequestName): boolean {
  return Object.hasOwn(windowHandlers, name)
}
