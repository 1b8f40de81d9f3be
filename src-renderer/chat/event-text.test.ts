import { describe, expect, it } from 'vitest'
import { eventNames } from '#shared/entry.ts'
import { anEvent } from '../testing/builders.ts'
import { eventText } from './event-text.ts'
import { senderName } from './senders.ts'

const amara = { customer: 'Amara Okafor', knownAs: null }

describe('eventText', () => {
  it.each(eventNames)('has a plain sentence for "%s"', (event) => {
    const text = eventText(anEvent({ event, detail: null }), amara)

    expect(text).toMatch(/^[A-Z][^!]{8,}$/u)
    expect(text).not.toMatch(/undefined|null|someone/iu)
  })

  it('names who it was about', () => {
    const joined = anEvent({ sender: { role: 'agent', own: true, name: null, participantId: null } })

    expect(eventText(joined, amara)).toBe('You joined at 14:00')
    expect(eventText(anEvent({ event: 'idle' }), amara)).toContain('Amara has been idle')
  })

  it.each([
    ['idle', true, 'You have been idle since 14:00. The chat may end on its own'],
    ['idle', false, 'Kim has been idle since 14:00. The chat may end on its own'],
    ['returned', true, 'You came back at 14:00'],
    ['returned', false, 'Kim came back at 14:00'],
    ['auto-disconnected', true, 'You were disconnected at 14:00 after being idle'],
    ['auto-disconnected', false, 'Kim was disconnected at 14:00 after being idle'],
  ] as const)('tells of an agent who is %s (own: %s)', (event, own, expected) => {
    const sender = { role: 'agent', own, name: 'Kim', participantId: 'agent-1' } as const

    expect(eventText(anEvent({ event, sender }), amara)).toBe(expected)
  })

  it('takes an idle sign that names nobody for the customer', () => {
    expect(eventText(anEvent({ event: 'returned', sender: null }), amara)).toBe('Amara came back at 14:00')
  })
})

describe('senderName', () => {
  it.each([
    ['agent', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 'Another agent'],
    ['agent', 'Ines Duarte', 'Ines Duarte'],
    ['agent', null, 'Another agent'],
    ['supervisor', null, 'Supervisor'],
    ['bot', 'Alder Assistant', 'Alder Assistant'],
    ['bot', null, 'Assistant'],
    ['bot', 'BOT', 'Assistant'],
    ['customer', 'Customer', 'Amara Okafor'],
    ['customer', 'Guest 12', 'Guest 12'],
    ['system', null, 'System'],
  ] as const)('[C4] %s named %s is %s', (role, name, expected) => {
    expect(senderName({ role, own: false, name, participantId: null }, amara)).toBe(expected)
  })
})
