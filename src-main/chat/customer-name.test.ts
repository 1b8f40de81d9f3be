import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '../export/testing/builders.ts'
import { textFormat } from '../export/text-format.ts'
import { RealDesk } from '../testing/real-desk.ts'

const renamed = 'application/vnd.amazonaws.connect.event.participant.displayname.updated'
let desk: RealDesk

beforeEach(async () => {
  desk = await RealDesk.start()
})

afterEach(() => desk.close())

describe('the name of a customer', () => {
  it('[C4] is the one the service told last, and old messages keep theirs', async () => {
    const chat = await desk.connectedChat()
    chat.contact.say('Before')
    await chat.until((session) => session.entries().length > 0)
    chat.contact.event({ contentType: renamed, displayName: 'Maria Silva' })
    chat.contact.say('After')

    await chat.until((session) => session.summary().customer === 'Maria Silva')

    expect(chat.session.summary().knownAs).toBeNull()
    const text = write(textFormat, { entries: chat.session.entries() })
    expect(text).toContain('Customer Ana: Before')
    expect(text).toContain('Customer Maria Silva: After')
  })

  it('[C4] stands beside a label that the agent gave', async () => {
    const chat = await desk.connectedChat({ label: 'Order 4711' })
    chat.contact.say('Hello')
    await chat.until((session) => session.summary().knownAs === 'Ana')
    chat.contact.event({ contentType: renamed, displayName: 'Maria Silva' })

    await chat.until((session) => session.summary().knownAs === 'Maria Silva')

    expect(chat.session.summary().customer).toBe('Order 4711')
  })

  it('[C4] is learned from what was said while the socket was down', async () => {
    const chat = await desk.connectedChat()
    chat.contact.say('Before')
    await chat.until((session) => session.entries().length > 0)
    desk.simulator.faults.add({ kind: 'refuse-connections', durationMs: 300 })
    desk.simulator.faults.add({ kind: 'drop-sockets' })
    chat.contact.event({ contentType: renamed, displayName: 'Maria Silva' })
    chat.contact.say('After')

    await chat.until((session) => session.summary().customer === 'Maria Silva')

    expect(chat.session.summary().customer).toBe('Maria Silva')
  })
})
