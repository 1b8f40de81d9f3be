import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unreadableForms } from '#simulator/faults/faults.ts'
import { RealDesk, textsOf } from '../testing/real-desk.ts'

let desk: RealDesk

beforeEach(async () => {
  desk = await RealDesk.start()
})

afterEach(() => desk.close())

describe('[L8] a message in a frame that is', () => {
  it.each(unreadableForms)('%s is shown at once, and once', async (form) => {
    const chat = await desk.connectedChat()
    chat.contact.say('First')
    await chat.until(() => textsOf(chat).includes('First'))
    desk.simulator.faults.add({ kind: 'unreadable-frames', form, count: 2 })

    chat.contact.say('Second')
    await chat.until(() => textsOf(chat).includes('Second'), 4000)
    chat.contact.say('Third')
    await chat.until(() => textsOf(chat).includes('Third'), 4000)

    expect(textsOf(chat)).toEqual(['First', 'Second', 'Third'])
    expect(chat.session.summary().link.phase).toBe('live')
  })
})
