import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Handlers, type RequestName, requests } from '#shared/contract.ts'
import type { LogFields } from '../platform/log.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { hostileCall } from './testing/hostile-calls.ts'
import { CallBudget } from './call-budget.ts'
import { CountedLog } from './counted-log.ts'
import { FairTurns, nodeLoop } from './fair-turns.ts'
import { answer, type RouterPorts } from './router.ts'

interface Flood {
  readonly ports: RouterPorts
  readonly clock: ManualClock
  readonly lines: (LogFields & { readonly event: string })[]
  /** Calls that reached a handler. */
  readonly done: RequestName[]
}

function aFlood(): Flood {
  const clock = new ManualClock()
  const lines: Flood['lines'] = []
  const done: RequestName[] = []
  const write = (event: string, fields: LogFields = {}): void => void lines.push({ event, ...fields })
  const names = Object.keys(requests) as RequestName[]
  const handlers = Object.fromEntries(
    names.map((name) => [name, () => void done.push(name)]),
  ) as unknown as Handlers
  const ports: RouterPorts = {
    windowHandlers: handlers,
    handlers: Promise.resolve(handlers),
    budget: new CallBudget(() => clock.uptime()),
    turns: new FairTurns(nodeLoop),
    log: new CountedLog({ info: write, warn: write, error: write }, clock),
  }
  return { ports, clock, lines, done }
}

const typing = [{ chatId: 'chat-1' }] as const

describe('[K13] a page that asks without end', () => {
  it('gets no more than its budget, and a sentence for the rest', async () => {
    const { ports, done } = aFlood()

    const replies = await Promise.all(
      Array.from({ length: 50_000 }, () => answer(ports, 'chat.typing', ...typing)),
    )

    expect(done).toHaveLength(600)
    expect(replies.filter(({ ok }) => ok)).toHaveLength(600)
    expect(replies.at(-1)).toMatchObject({ ok: false, failure: { code: 'throttled' } })
  })

  it('is answered again after a moment', async () => {
    const { ports, clock, done } = aFlood()
    for (let call = 0; call < 1000; call += 1) await answer(ports, 'chat.typing', ...typing)

    await clock.advance(1000)
    for (let call = 0; call < 1000; call += 1) await answer(ports, 'chat.typing', ...typing)

    expect(done).toHaveLength(800)
  })

  it('opens few links, dialogs and connections, and these do not take from the rest', async () => {
    const { ports, done } = aFlood()

    for (let call = 0; call < 100; call += 1) {
      await answer(ports, 'link.open', { url: 'https://evil.example/' })
      await answer(ports, 'instances.pick-authority', undefined)
      await answer(ports, 'chat.typing', ...typing)
    }

    const count = (name: RequestName) => done.filter((one) => one === name).length
    expect(count('link.open')).toBe(5)
    expect(count('instances.pick-authority')).toBe(10)
    expect(count('chat.typing')).toBe(100)
  })

  it('leaves two lines in the log for each ten seconds, which say how often', async () => {
    const { ports, clock, lines } = aFlood()

    for (let call = 0; call < 10_600; call += 1) await answer(ports, 'chat.typing', 'nonsense')
    expect(lines.map(({ event }) => event)).toEqual(['request-refused', 'request-over-budget'])
    await clock.advance(10_000)

    expect(lines.slice(2)).toEqual([
      { event: 'request-refused', request: 'chat.typing', times: 599 },
      { event: 'request-over-budget', times: 9999 },
    ])
  })

  it('never gets an unexpected answer, whatever it says 2,000 times', async () => {
    const { ports, clock } = aFlood()
    await fc.assert(
      fc.asyncProperty(hostileCall(requests), async ({ name, input }) => {
        await clock.advance(1000)
        const reply = await answer(ports, name, input)
        if (reply.ok) return
        expect(Object.keys(reply.failure).sort()).toEqual(['code', 'message'])
        expect(['bad-input', 'throttled', 'internal']).toContain(reply.failure.code)
      }),
      { numRuns: 2_000 },
    )
  })
})
