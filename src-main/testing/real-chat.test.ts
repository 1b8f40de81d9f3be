import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { RealChat, RealWorld } from './real-chat.ts'
import { aRealChat, aRealWorld } from './real-chat.ts'

let simulator: Simulator
let world: RealWorld
const open: RealChat[] = []

beforeEach(async () => {
  simulator = await startSimulator()
  world = aRealWorld(simulator.endpoint)
})

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ session }) => session.close()))
  await simulator.close()
})

async function aConnectedChat() {
  const contact = simulator.contact({ customerName: 'Ana' })
  const chat = await aRealChat(world, contact.agent)
  open.push(chat)
  chat.session.open()
  await chat.until((session) => session.summary().link.phase === 'live')
  return { contact, ...chat }
}

const texts = (chat: RealChat) =>
  chat.session
    .entries()
    .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))

describe('a chat on real connections', () => {
  it('shows what the customer says', async () => {
    const chat = await aConnectedChat()

    chat.contact.say('Where is my order?')

    await chat.until(() => texts(chat).includes('Where is my order?'))
    expect(chat.session.summary()).toMatchObject({ customer: 'Ana', unread: 1 })
  })

  it('delivers a reply once and shows it once', async () => {
    const chat = await aConnectedChat()

    await chat.session.send({ text: 'On its way.', contentType: 'text/plain' })

    await chat.until((session) => session.summary().outbox.waiting === 0)
    expect(texts(chat)).toEqual(['On its way.'])
    expect(Object.values(chat.contact.truth().clientTokens)).toEqual([1])
  })

  it('reads what was said while its sockets were down', async () => {
    const chat = await aConnectedChat()
    simulator.faults.add({ kind: 'refuse-connections', durationMs: 500 })
    simulator.faults.add({ kind: 'drop-sockets' })
    const said = chat.contact.sayAll(Array.from({ length: 250 }, (_, index) => `Message ${index}`))

    await chat.until(
      (session) => session.summary().link.phase === 'live' && texts(chat).length === said.length,
    )

    expect(texts(chat)).toEqual(Array.from({ length: 250 }, (_, index) => `Message ${index}`))
  })

  it('ends when the customer leaves', async () => {
    const chat = await aConnectedChat()

    chat.contact.end()

    await chat.until((session) => session.summary().link.phase === 'ended')
    expect(chat.session.summary().link).toMatchObject({ reason: 'completed' })
  })
})

describe('chats that share a socket', () => {
  it("never show each other's customers", async () => {
    simulator.set({ sharedAgentSocket: true })
    const ana = await aConnectedChat()
    const ben = await aConnectedChat()

    ana.contact.say('I am Ana.')
    ben.contact.say('I am Ben.')

    await ana.until(() => texts(ana).length > 0)
    await ben.until(() => texts(ben).length > 0)
    await ana.session.send({ text: 'Hello Ana.', contentType: 'text/plain' })
    await ana.until((session) => session.summary().outbox.waiting === 0)
    expect(texts(ana)).toEqual(['I am Ana.', 'Hello Ana.'])
    expect(texts(ben)).toEqual(['I am Ben.'])
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
    const chat = await aConnectedChat()
    const { uploadId } = await aStagedFile(chat)

    await chat.session.uploads.send([uploadId])
    await chat.until(() => files(chat).length > 0)

    expect(files(chat)).toMatchObject([{ name: 'notes.txt', status: 'approved', bytes: 20 }])
    const attachments = [...chat.contact.room.attachments.values()]
    expect(attachments.map(({ bytes }) => bytes?.toString())).toEqual(['These are the notes.'])
  })

  it.each(['storage-403', 'storage-cut'] as const)(
    'is sent again at a fresh address after %s',
    async (kind) => {
      const chat = await aConnectedChat()
      simulator.faults.add({ kind, count: 1 })
      const { uploadId } = await aStagedFile(chat)

      await chat.session.uploads.send([uploadId])
      await chat.until(() => files(chat).length > 0)

      const completes = [...chat.contact.room.attachments.values()].map((attachment) => attachment.completes)
      expect(completes.filter((count) => count > 0)).toEqual([1])
    },
  )

  it('that the scan rejects is told to the agent', async () => {
    const chat = await aConnectedChat()
    simulator.faults.add({ kind: 'reject-attachments', count: 1 })
    const { uploadId } = await aStagedFile(chat)

    await chat.session.uploads.send([uploadId])

    await chat.until((session) => session.uploads.list()[0]?.state.phase === 'failed')
    expect(chat.session.uploads.list()).toMatchObject([{ state: { code: 'rejected-by-scan' } }])
  })

  it('is completed once although the answer got lost', async () => {
    const chat = await aConnectedChat()
    simulator.faults.add({ kind: 'lose-response', operation: 'CompleteAttachmentUpload' })
    const { uploadId } = await aStagedFile(chat)

    await chat.session.uploads.send([uploadId])
    await chat.until((session) => session.uploads.list().length === 0)

    expect(files(chat)).toHaveLength(1)
  })
})

describe('a guide that the customer is shown', () => {
  it('is described to the agent in lines', async () => {
    const chat = await aConnectedChat()
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
    simulator.set({ startPositionInclusive: inclusive })
    const chat = await aConnectedChat()
    chat.contact.show({
      Id: 'detail',
      Arn: 'arn:detail',
      Name: 'Detail',
      Version: 1,
      Content: { InputSchema: '{}', Template: '{"Title":"Your booking"}', Actions: [] },
    })
    await chat.until((session) => session.entries().some(({ kind }) => kind === 'message'))
    await chat.session.close()
    const [stored] = await world.store.loadChats()
    if (stored === undefined) throw new Error('The chat was not kept.')

    const again = await aRealChat(world, { ...chat.contact.agent, chat: stored })
    open.push(again)
    again.session.open()
    await again.until((session) => session.summary().link.phase === 'live')
    const guide = again.session.entries().find(({ kind }) => kind === 'message')

    await expect(again.session.describeView(guide?.id ?? '')).resolves.toMatchObject({ name: 'Detail' })
  })
})
