import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { aMessage } from '../store/testing/builders.ts'
import { judge, spotless } from './testing/verdict.ts'

let simulator: Simulator
let contact: ContactHandle
let shown: readonly Entry[]

beforeEach(async () => {
  simulator = await startSimulator()
  contact = simulator.contact({ customerName: 'Ana', customerIsPresent: false })
  contact.sayAll(['One', 'Two', 'Three'])
  contact.say('An answer', { role: 'AGENT' })
  shown = contact.truth().transcript.map((item, index) =>
    aMessage({
      id: `entry-${index}`,
      serviceId: item.Id,
      at: Date.parse(item.AbsoluteTime),
      seq: index + 1,
      text: item.Content ?? '',
      sender: {
        role: item.ParticipantRole === 'AGENT' ? 'agent' : 'customer',
        own: false,
        name: null,
        participantId: null,
      },
    }),
  )
})

afterEach(() => simulator.close())

const typed = ['An answer']
const pending = (text: string): Entry => ({
  ...aMessage({ id: text, serviceId: null, text }),
  sender: { role: 'agent', own: true, name: null, participantId: null },
  delivery: { state: 'failed', code: 'chat-ended', reason: 'The chat ended.' },
})

describe('the verdict on a chat', () => {
  it('finds nothing wrong with the truth', () => {
    expect(judge(contact, { entries: shown, typed })).toEqual(spotless)
  })

  it('misses what is not shown', () => {
    expect(judge(contact, { entries: shown.slice(1), typed })).toEqual({ ...spotless, lost: 1 })
  })

  it('does not ask for what came after being shut out', () => {
    const account = { entries: shown.slice(0, 2), typed, isShutOut: true }
    expect(judge(contact, account)).toEqual(spotless)
  })

  it('counts what is shown twice', () => {
    expect(judge(contact, { entries: [...shown, ...shown.slice(-1)], typed })).toMatchObject({ twice: 1 })
  })

  it('sees that two have changed places', () => {
    const [first, second, ...rest] = shown
    const entries = [second, first, ...rest].filter((entry) => entry !== undefined)
    expect(judge(contact, { entries, typed })).toEqual({ ...spotless, misordered: 2 })
  })

  it('does not believe other words, other voices, or strangers', () => {
    const [first, second, third, ...rest] = shown
    if (first?.kind !== 'message' || second?.kind !== 'message' || third === undefined) throw new Error('Few')
    const entries: Entry[] = [
      { ...first, body: { kind: 'text', text: 'Never said' } },
      { ...second, sender: { ...second.sender, role: 'system' } },
      { ...third, at: third.at + 1 },
      ...rest,
      aMessage({ id: 'stranger', serviceId: 'stranger' }),
    ]
    expect(judge(contact, { entries, typed })).toEqual({ ...spotless, untrue: 4 })
  })

  it('counts an answer the service does not have as unsent, and as untrue unless it is shown as failed', () => {
    const account = { entries: [...shown, pending('Lost')], typed: [...typed, 'Lost'] }
    expect(judge(contact, account)).toEqual({ ...spotless, unsent: 1 })
    expect(judge(contact, { entries: [...shown, pending('An answer')], typed })).toMatchObject({ untrue: 1 })
  })

  it('sees an answer that was taken twice, or before an earlier one', () => {
    contact.say('An answer', { role: 'AGENT' })
    contact.say('Earlier', { role: 'AGENT' })
    const verdict = judge(contact, { entries: shown, typed: ['Earlier', 'An answer'] })
    expect(verdict).toMatchObject({ appliedTwice: 1, lost: 2 })
    expect(verdict.misordered).toBeGreaterThan(0)
  })
})
