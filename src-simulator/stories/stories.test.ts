import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { call, connect } from '../testing/chat-client.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { findStory, scripts, storyNames } from './catalogue.ts'

const second = 1000

let clock: ManualClock
let sim: Simulator
beforeEach(async () => {
  clock = new ManualClock()
  sim = await startSimulator({ clock })
})
afterEach(() => sim.close())

/** What the customer has written, and the names of the files. */
const written = (contact: ContactHandle, role = 'CUSTOMER'): (string | undefined)[] =>
  contact
    .truth()
    .transcript.filter((item) => item.ParticipantRole === role && item.Type !== 'EVENT')
    .map((item) => item.Content ?? item.Attachments?.[0]?.AttachmentName)

async function play(
  story: string,
  seed = 1,
): Promise<{ contact: ContactHandle; agentSays: (text: string) => Promise<void> }> {
  const [contact] = sim.play(story, { seed, offered: false }).contacts
  if (!contact) throw new Error('Nobody came')
  const { connectionToken: token } = await connect(sim, contact.agent.participantToken)
  return {
    contact,
    agentSays: async (text) => {
      await call(sim, 'message', { token, body: { ContentType: 'text/plain', Content: text } })
    },
  }
}

describe('a customer', () => {
  it('has talked to the bot before the agent comes', async () => {
    const { contact } = await play('cracked-leg')

    const early = contact.truth().transcript.filter((item) => Date.parse(item.AbsoluteTime) < clock.now())

    expect(early.map((item) => item.DisplayName)).toEqual(expect.arrayContaining(['BOT', 'Amara Okafor']))
    expect(written(contact)).toContain('Something is damaged or missing')
  })

  it('types, and only then tells the agent what happened', async () => {
    const { contact } = await play('cracked-leg')
    const before = written(contact).length

    clock.advance(60 * second)

    expect(written(contact).slice(before)[0]).toMatch(/one leg is cracked/)
    expect(contact.truth().typing.some((seen) => seen.role === 'CUSTOMER')).toBe(true)
  })

  it('answers what the agent asks, with a photo where one is wanted', async () => {
    const { contact, agentSays } = await play('cracked-leg')
    clock.advance(60 * second)

    await agentSays('Could you send me a photo of the crack?')
    clock.advance(40 * second)
    await agentSays('Is there a scratch on the top as well?')
    clock.advance(20 * second)

    expect(written(contact)).toContain('IMG_4412.png')
    expect(written(contact).at(-1)).toMatch(/Is there a scratch on the top as well/)
  })

  it('does not send the same photo twice', async () => {
    const { contact, agentSays } = await play('cracked-leg')
    clock.advance(60 * second)

    await agentSays('A photo would help')
    clock.advance(60 * second)
    await agentSays('A photo, if you have one')
    clock.advance(60 * second)

    expect(written(contact).filter((text) => text === 'IMG_4412.png')).toHaveLength(1)
  })

  it('reports what the agent wrote as delivered and read', async () => {
    const { contact, agentSays } = await play('double-charge')

    await agentSays('Buenas tardes, Sofía')
    clock.advance(10 * second)

    expect(contact.truth().receipts).toMatchObject([{ ReadTimestamp: expect.any(String) as string }])
  })

  it('loses patience when nobody answers', async () => {
    const { contact } = await play('missed-delivery')

    clock.advance(180 * second)

    expect(written(contact)).toEqual(expect.arrayContaining(['Hello?', 'Hello? Are you still there?']))
  })

  it('ends the chat when everything is said', async () => {
    const { contact, agentSays } = await play('long-letter')
    clock.advance(60 * second)

    await agentSays('The corrected invoice is on its way to you.')
    clock.advance(60 * second)
    await agentSays('Both amounts have been adjusted.')
    clock.advance(60 * second)

    expect(contact.hasEnded).toBe(true)
  })

  it('says the same for the same seed', async () => {
    const [first, again] = await Promise.all([play('wrong-colour', 7), play('wrong-colour', 7)])
    clock.advance(50 * second)

    expect(written(again.contact)).toEqual(written(first.contact))
    expect(again.contact.truth().typing.map((seen) => seen.time)).toEqual(
      first.contact.truth().typing.map((seen) => seen.time),
    )
  })

  it('comes back with the earlier conversation behind them', async () => {
    const { contact } = await play('warranty-question')
    const { connectionToken: token } = await connect(sim, contact.agent.participantToken)

    const page = await call(sim, 'transcript', { token, body: { MaxResults: 100 } })
    const older = await call(sim, 'transcript', {
      token,
      body: { MaxResults: 100, NextToken: page.body['NextToken'] },
    })

    expect(JSON.stringify(page.body)).not.toContain('E04 is usually')
    expect(older.body['Transcript']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Content: 'Great, thanks', RelatedContactId: expect.any(String) as string }),
      ]),
    )
  })
})

it('a customer is shown a guide with their own data in it, and answers there', async () => {
  const { contact } = await play('double-charge')
  const contents = contact.truth().transcript.flatMap(({ Content }) => Content ?? [])

  const shown = contents.find((content) => content.includes('ViewResource') && content.includes('viewData'))

  expect(shown).toContain('"viewData":{"Facts":[{"Label":"Pedido","Value":"AH-198330"}')
  expect(contents).toEqual(expect.arrayContaining([expect.stringContaining('"action":"Enviar"')]))
})

describe('the catalogue', () => {
  it('has customers in three languages', () => {
    expect(new Set(scripts.map((script) => script.language))).toEqual(new Set(['en', 'es', 'de']))
  })

  it('lets customers of the busy morning come one after the other, each with an offer', () => {
    const { contacts } = sim.play('busy-morning')
    const atFirst = contacts.length

    clock.advance(160 * second)

    expect(atFirst).toBe(3)
    expect(contacts).toHaveLength(findStory('busy-morning')?.length ?? 0)
    expect(sim.offers.open.length).toBeGreaterThan(0)
  })

  it('offers a customer again whom nobody took, and lets them go in the end', () => {
    const { contacts } = sim.play('cracked-leg')

    clock.advance(300 * second)

    expect(contacts[0]?.hasEnded).toBe(true)
  })

  it('names the stories there are when asked for another', () => {
    expect(() => sim.play('no-such-story')).toThrow(storyNames.join(', '))
  })

  it.each(scripts.map((script) => [script.name]))(
    'plays %s with any seed to the end of its opening',
    async (name) => {
      const { contact } = await play(name, 99)
      const before = written(contact).length

      clock.advance(120 * second)

      expect(written(contact).length).toBeGreaterThan(before)
    },
  )
})
