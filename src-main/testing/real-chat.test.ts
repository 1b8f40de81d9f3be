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

describe('a chat on real connections', () => {
  it('shows what the customer says', async () => {
    const chat = await desk.connectedChat()

    chat.contact.say('Where is my order?')

    await chat.until(() => textsOf(chat).includes('Where is my order?'))
    expect(chat.session.summary()).toMatchObject({ customer: 'Ana', unread: 1 })
  })

  it('delivers a reply once and shows it once', async () => {
    const chat = await desk.connectedChat()

    await chat.session.send({ text: 'On its way.', contentType: 'text/plain' })

    await chat.until((session) => session.summary().outbox.waiting === 0)
    expect(textsOf(chat)).toEqual(['On its way.'])
    expect(Object.values(chat.contact.truth().clientTokens)).toEqual([1])
  })

  it('reads what was said while its sockets were down', async () => {
    const chat = await desk.connectedChat()
    desk.simulator.faults.add({ kind: 'refuse-connections', durationMs: 500 })
    desk.simulator.faults.add({ kind: 'drop-sockets' })
    const said = chat.contact.sayAll(Array.from({ length: 250 }, (_, index) => `Message ${index}`))

    await chat.until(
      (session) => session.summary().link.phase === 'live' && textsOf(chat).length === said.length,
    )

    expect(textsOf(chat)).toEqual(Array.from({ length: 250 }, (_, index) => `Message ${index}`))
  })

  it('ends when the customer leaves', async () => {
    const chat = await desk.connectedChat()

    chat.contact.end()

    await chat.until((session) => session.summary().link.phase === 'ended')
    expect(chat.session.summary().link).toMatchObject({ reason: 'completed' })
  })
})

describe('chats that share a socket', () => {
  it("never show each other's customers", async () => {
    desk.simulator.set({ sharedAgentSocket: true })
    const ana = await desk.connectedChat()
    const ben = await desk.connectedChat()

    ana.contact.say('I am Ana.')
    ben.contact.say('I am Ben.')

    await ana.until(() => textsOf(ana).length > 0)
    await ben.until(() => textsOf(ben).length > 0)
    await ana.session.send({ text: 'Hello Ana.', contentType: 'text/plain' })
    await ana.until((session) => session.summary().outbox.waiting === 0)
    expect(textsOf(ana)).toEqual(['I am Ana.', 'Hello Ana.'])
    expect(textsOf(ben)).toEqual(['I am Ben.'])
  })
})

describe('a file of the agent', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chat-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  async function aStagedFile(chat: RealChat) {
    const file = path.join(folder, 'notes.txt')
    await writeFile(file, 'These are the notes.')
    return chat.session.uploads.stage(file)
  }

  const files = (chat: RealChat) =>
    chat.session.entries().flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))

  it('arrives on the other side byte by byte, and knows its size here', async () => {
    const chat = await desk.connectedChat()
    const { uploadId } = await aStagedFile(chat)

    await chat.session.uploads.send([uploadId])
    await chat.until(() => files(chat).length > 0)

    expect(files(chat)).toMatchObject([{ name: 'notes.txt', status: 'approved', bytes: 20 }])
    const attachments = [...chat.contact.room.attachments.values()]
    expect(attachments.map(({ bytes }) => bytes?.toString())).toEqual(['These are the notes.'])
  })

  it('[B1] arrives under its own name, however that is composed, where the name is in a signed header', async () => {
    const chat = await desk.connectedChat()
    desk.simulator.set({ attachmentNameInHeader: 'as-given' })
    const names = ['Müller Rechnung.txt'.normalize('NFC'), 'Müller Rechnung.txt'.normalize('NFD'), 'Łódź.txt']

    for (const name of names) {
      await writeFile(path.join(folder, name), 'notes')
      const { uploadId } = await chat.session.uploads.stage(path.join(folder, name))
      await chat.session.uploads.send([uploadId])
    }
    await chat.until(() => files(chat).length === names.length)

    const stored = [...chat.contact.room.attachments.values()]
    expect(stored.map(({ name, puts }) => [name, puts])).toEqual(names.map((name) => [name, 1]))
  })

  it.each(['storage-403', 'storage-cut'] as const)(
    'is sent again at a fresh address after %s',
    async (kind) => {
      const chat = await desk.connectedChat()
      desk.simulator.faults.add({ kind, count: 1 })
      const { uploadId } = await aStagedFile(chat)

      await chat.session.uploads.send([uploadId])
      await chat.until(() => files(chat).length > 0)

      const completes = [...chat.contact.room.attachments.values()].map((attachment) => attachment.completes)
      expect(completes.filter((count) => count > 0)).toEqual([1])
    },
  )

  it('that the scan rejects is told to the agent', async () => {
    const chat = await desk.connectedChat()
    desk.simulator.faults.add({ kind: 'reject-attachments', count: 1 })
    const { uploadId } = await aStagedFile(chat)

    await chat.session.uploads.send([uploadId])

    await chat.until((session) => session.uploads.list()[0]?.state.phase === 'failed')
    expect(chat.session.uploads.list()).toMatchObject([{ state: { code: 'rejected-by-scan' } }])
  })

  it('is completed once although the answer got lost', async () => {
    const chat = await desk.connectedChat()
    desk.simulator.faults.add({ kind: 'lose-response', operation: 'CompleteAttachmentUpload' })
    const { uploadId } = await aStagedFile(chat)

    await chat.session.uploads.send([uploadId])
    await chat.until((session) => session.uploads.list().length === 0)

    expect(files(chat)).toHaveLength(1)
  })
})

describe('a guide that the customer is shown', () => {
  it('is described to the agent in lines', async () => {
    const chat = await desk.connectedChat()
    const template = JSON.stringify({ Body: [{ Title: 'Your booking' }, { Label: 'Date' }] })
    chat.contact.show({
      Id: 'detail',
      Arn: 'arn:detail',
      Name: 'Detail',
      Version: 1,
      Content: { InputSchema: '{}', Template: template, Actions: ['Next'] },
    })
    await chat.until((session) => session.entries().some(({ kind }) => kind === 'message'))
    const guide = chat.session.entries().find(({ kind }) => kind === 'message')

    await expect(chat.session.describeView(guide?.id ?? '')).resolves.toEqual({
      name: 'Detail',
      lines: ['Your booking', 'Date', 'Action: Next'],
    })
  })

  it.each([true, false])('is described after a restart (start position inclusive: %s)', async (inclusive) => {
    desk.simulator.set({ startPositionInclusive: inclusive })
    const chat = await desk.connectedChat()
    chat.contact.show({
      Id: 'detail',
      Arn: 'arn:detail',
      Name: 'Detail',
      Version: 1,
      Content: { InputSchema: '{}', Template: '{"Title":"Your booking"}', Actions: [] },
    })
    await chat.until((session) => session.entries().some(({ kind }) => kind === 'message'))
    await chat.session.close()
    const [stored] = await desk.world.store.loadChats()
    if (stored === undefined) throw new Error('The chat was not kept.')

    const again = await aRealChat(desk.world, { ...chat.contact.agent, chat: stored })
    desk.keep(again)
    again.session.open()
    await again.until((session) => session.summary().link.phase === 'live')
    const guide = again.session.entries().find(({ kind }) => kind === 'message')

    await expect(again.session.describeView(guide?.id ?? '')).resolves.toMatchObject({ name: 'Detail' })
  })
})
