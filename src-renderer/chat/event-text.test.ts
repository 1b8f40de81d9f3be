import { describe, expect, it } from 'vitest'
import { eventNames } from '#shared/entry.ts'
import { anEvent } from '../testing/builders.ts'
import { eventText } from './event-text.ts'
import { senderName } from './senders.ts'

describe('eventText', () => {
  it.each(eventNames)('has a plain sentence for "%s"', (event) => {
    const text = eventText(anEvent({ event, detail: null }), 'Amara Okafor')

    expect(text).toMatch(/^[A-Z][^!]{8,}$/u)
    expect(text).not.toMatch(/undefined|null|someone/iu)
  })

  it('names who it was about', () => {
    const joined = anEvent({ sender: { role: 'agent', own: true, name: null, participantId: null } })

    expect(eventText(joined, 'Amara Okafor')).toBe('You joined at 14:00')
    expect(eventText(anEvent({ event: 'idle' }), 'Amara Okafor')).toContain('Amara has been idle')
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
    ['customer', 'whatever the service says', 'Amara Okafor'],
    ['system', null, 'System'],
  ] as const)('%s named %s is %s', (role, name, expected) => {
    expect(senderName({ role, own: false, name, participantId: null }, 'Amara Okafor')).toBe(expected)
  })
})
