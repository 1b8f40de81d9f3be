import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RealChat } from './real-chat.ts'
import { aRealChat } from './real-chat.ts'
import { RealDesk, textsOf } from './real-desk.ts'

let desk: RealDesk

beforeEach(async () => {
  desk = await RealDesk.start()
})

afterEach(() => desk.close())

/** The other one has joined first. */
async function aChatBesideAnotherAgent() {
  const contact = desk.simulator.contact({ customerName: 'Ana' })
  const { participantToken } = contact.agent
  contact.event({ contentType: 'application/vnd.amazonaws.connect.event.participant.joined' })
  const chat = await aRealChat(desk.world, { participantToken })
  desk.keep(chat)
  chat.session.open()
  await chat.until((session) => session.summary().link.phase === 'live' && session.entries().length === 3)
  return { contact, ...chat }
}

it('an agent who ends the chat sees its end in the log', async () => {
  const chat = await desk.connectedChat()

  await chat.session.end()
  await chat.until((session) => session.summary().link.phase === 'ended')

  const events = chat.session.entries().flatMap((entry) => (entry.kind === 'event' ? [entry.event] : []))
  expect(events).toContain('left')
  expect(events).toContain('ended')
  expect(chat.session.summary().link).toMatchObject({ reason: 'left' })
})

describe('what an agent writes', () => {
  it('sends formatted words as plain ones where nothing else is taken, and remembers', async () => {
    const contact = desk.simulator.contact({ customerName: 'Ana', supportedContentTypes: ['text/plain'] })
    const chat = await aRealChat(desk.world, contact.agent)
    desk.keep(chat)
    chat.session.open()

    await chat.session.send({ text: '**Wait**, please', contentType: 'text/markdown' })
    await chat.session.send({ text: 'This is **new**', contentType: 'text/markdown' })
    await chat.until((session) => session.summary().outbox.waiting === 0)
    await chat.session.send({ text: 'And **this**', contentType: 'text/markdown' })
    await chat.until((session) => session.summary().outbox.waiting === 0)

    const said = contact
      .truth()
      .transcript.flatMap(({ Type, Content }) => (Type === 'MESSAGE' ? [Content] : []))
    expect(said).toEqual(['**Wait**, please', 'This is **new**', 'And **this**'])
    expect(textsOf(chat)).toEqual(said)
    expect(desk.simulator.requests({ operation: 'SendMessage' })).toHaveLength(5)
  })

  it.each([
    ['rejects', 'rejected'],
    ['fails', 'broken'],
  ] as const)('is told when the message processing %s what the agent wrote', async (position, why) => {
    desk.simulator.set({ messageProcessing: position })
    const chat = await desk.connectedChat()

    await chat.session.send({ text: 'A bad word.', contentType: 'text/plain' })

    const fate = () => chat.session.entries().flatMap((one) => (one.kind === 'message' ? [one.delivery] : []))
    await chat.until(() => fate()[0]?.state === 'undelivered')
    expect(fate()).toMatchObject([{ state: 'undelivered', why }])
    expect(chat.session.summary().turn.waitingFor).toBe('agent')
  })
})

describe('which participant we are', () => {
  const events = (chat: RealChat) =>
    chat.session
      .entries()
      .flatMap((entry) =>
        entry.kind === 'event' && entry.sender?.role === 'agent' ? [entry.sender.own] : [],
      )

  it('is known as soon as the chat is read', async () => {
    const { participantToken } = desk.simulator.contact({ customerName: 'Ana' }).agent
    const chat = await aRealChat(desk.world, { participantToken })
    desk.keep(chat)
    chat.session.open()

    await chat.until(() => events(chat).includes(true))

    expect(events(chat)).toEqual([true])
  })

  it('is not guessed beside another agent, and learned from our first sign', async () => {
    const chat = await aChatBesideAnotherAgent()
    expect(events(chat)).toEqual([false, false])

    chat.session.typing()
    await chat.until(() => events(chat).includes(true))

    expect(events(chat)).toEqual([false, true])
  })

  it('is told by a file of ours, which stands on our side', async () => {
    const chat = await aChatBesideAnotherAgent()
    const folder = await mkdtemp(path.join(tmpdir(), 'chat-'))
    const file = path.join(folder, 'notes.txt')
    await writeFile(file, 'These are the notes.')
    const { uploadId } = await chat.session.uploads.stage(file)

    await chat.session.uploads.send([uploadId])
    const sent = () => chat.session.entries().find(({ kind }) => kind === 'attachment')
    await chat.until(() => sent() !== undefined)
    await rm(folder, { recursive: true })

    expect(sent()).toMatchObject({ sender: { own: true } })
  })
})
