import { beforeEach, describe, expect, it } from 'vitest'
import type { PlacedItem, ServiceSender } from '../participant/service-item.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { aServiceEvent, aServiceMessage, theAgent } from '../testing/service-items.ts'
import { OwnVoice } from './own-voice.ts'
import { Transcript } from './transcript.ts'

const another: ServiceSender = { role: 'agent', name: 'Kim', participantId: 'agent-2' }
const serviceNow = Date.UTC(2026, 0, 5, 12)

let clock: ManualClock
let transcript: Transcript
let voice: OwnVoice
let ids = 0

beforeEach(() => {
  clock = new ManualClock()
  transcript = new Transcript(() => `entry-${(ids += 1)}`, { entries: [], ownId: null })
  voice = new OwnVoice(clock, { transcript, touch: () => undefined })
})

/** Let in at noon by the service's clock, with this in the conversation. */
function admittedAmong(...items: readonly PlacedItem[]): void {
  voice.dialling()
  voice.admitted()
  voice.serviceTime(serviceNow)
  transcript.merge(items, 'older-page')
  voice.readWhole()
}

const joined = (sender: ServiceSender, at = serviceNow) =>
  aServiceEvent({ serviceId: `joined ${sender.participantId} ${at}`, sender, at })
const left = (sender: ServiceSender, at = serviceNow - 5000) =>
  aServiceEvent({ serviceId: `left ${sender.participantId}`, sender, at, event: 'left' })

describe('which participant we are', () => {
  it('is told by the one agent who joined as we were let in', () => {
    admittedAmong(joined(theAgent))

    expect(transcript.ownId).toBe('agent-1')
    expect(transcript.entries).toMatchObject([{ event: 'joined', sender: { own: true } }])
  })

  it('is told although an earlier agent handed over and left', () => {
    admittedAmong(joined(another, serviceNow - 60_000), left(another), joined(theAgent))

    expect(transcript.ownId).toBe('agent-1')
  })

  it('is not guessed when two joined at once', () => {
    admittedAmong(joined(theAgent), joined(another, serviceNow + 100))

    expect(transcript.ownId).toBeNull()
  })

  it('is not guessed when another agent has been here longer, who may be us after a restart', () => {
    admittedAmong(joined(another, serviceNow - 60_000), joined(theAgent))

    expect(transcript.ownId).toBeNull()
  })

  it('is not guessed from an agent who spoke without a word of joining', () => {
    admittedAmong(aServiceMessage({ sender: another, at: serviceNow - 1000 }), joined(theAgent))

    expect(transcript.ownId).toBeNull()
  })

  it('is not guessed from an agent who joined long before or after', () => {
    admittedAmong(joined(theAgent, serviceNow - 20_000))
    expect(transcript.ownId).toBeNull()

    transcript.merge([joined(another, serviceNow + 20_000)], 'socket')
    voice.look()
    expect(transcript.ownId).toBeNull()
  })

  it('is not guessed from an agent of an earlier conversation', () => {
    admittedAmong({ ...joined(theAgent), previousContactId: 'contact-0' })

    expect(transcript.ownId).toBeNull()
  })

  it('is not guessed before the conversation was read whole', () => {
    voice.dialling()
    voice.admitted()
    voice.serviceTime(serviceNow)
    transcript.merge([joined(theAgent)], 'socket')
    voice.look()

    expect(transcript.ownId).toBeNull()
  })

  it.each(['answer first', 'echo first'])('is told by the echo of our own sign, %s', (order) => {
    if (order === 'answer first') voice.gave('sign-1')
    voice.heard('sign-0', 'agent-2')
    voice.heard('sign-1', 'agent-1')
    if (order === 'echo first') voice.gave('sign-1')

    expect(transcript.ownId).toBe('agent-1')
  })
})
