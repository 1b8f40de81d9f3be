import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import { RealDesk, textsOf } from '../testing/real-desk.ts'

let desk: RealDesk

beforeEach(async () => {
  desk = await RealDesk.start()
  desk.simulator.set({ rewriteMessages: true })
})

afterEach(() => desk.close())

const lost: FaultSpec = { kind: 'lose-response', operation: 'SendMessage' }

describe('[A4] an own message that the service rewrites', () => {
  it.each([
    ['in peace', [], {}],
    ['with the echo before the answer', [{ kind: 'echo-before-response' }], {}],
    ['with its answer lost', [lost], {}],
    ['with its answer lost and its token forgotten', [lost], { forgetClientTokenAfterMs: 0 }],
  ] as const)('is there once, sent, in the words of the service: %s', async (_, faults, switches) => {
    desk.simulator.set(switches)
    const chat = await desk.connectedChat()
    await chat.session.send({ text: 'Good day.', contentType: 'text/plain' })
    await chat.until((session) => session.summary().outbox.waiting === 0)
    for (const fault of faults) desk.simulator.faults.add(fault)

    await chat.session.send({ text: 'Your order 4711 costs 12 euros.', contentType: 'text/plain' })
    const told = ['Good day.', 'Your order [PII] costs [PII] euros.']
    await chat.until(
      (session) => session.summary().outbox.waiting === 0 && textsOf(chat).join() === told.join(),
    )

    const last = chat.session.entries().findLast((entry) => entry.kind === 'message')
    expect(last).toMatchObject({ delivery: { state: 'sent' }, rewritten: true })
    expect(Object.values(chat.contact.truth().clientTokens)).toEqual([1, 1])
  })

  it('is not said to be missing when the chat ends before its answer', async () => {
    desk.simulator.set({ graceAfterEndMs: 60_000 })
    const chat = await desk.connectedChat()
    desk.simulator.faults.add(lost)
    desk.simulator.faults.add({ kind: 'http-error', operation: 'GetTranscript', count: 1 })

    await chat.session.send({ text: 'Call 0800.', contentType: 'text/plain' })
    await chat.until(() => chat.contact.truth().transcript.some((item) => item.Content === 'Call [PII].'))
    chat.contact.end()
    await chat.until((session) => session.summary().link.phase === 'ended')
    await chat.until((session) => session.summary().outbox.waiting === 0)

    expect(chat.session.summary().outbox.failed).toBe(0)
    expect(textsOf(chat)).toEqual(['Call [PII].'])
  })
})
