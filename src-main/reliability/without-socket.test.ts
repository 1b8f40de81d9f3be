import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { aRealChat, aRealWorld, type RealChat } from '../testing/real-chat.ts'
import { pause, surely } from './testing/eventually.ts'

interface Conversation {
  readonly contact: ContactHandle
  readonly chat: RealChat
}

/** Three chats of one agent, the first of them on screen. */
class Shift {
  readonly simulator: Simulator
  readonly folder: string
  readonly all: readonly [Conversation, Conversation, Conversation]

  private constructor(simulator: Simulator, folder: string, all: Shift['all']) {
    this.simulator = simulator
    this.folder = folder
    this.all = all
  }

  static async begin(): Promise<Shift> {
    // What was said last is read after the end, as far as the service lets it.
    const simulator = await startSimulator({ switches: { graceAfterEndMs: 60_000 } })
    const world = aRealWorld(simulator.endpoint)
    const converse = async (customerName: string): Promise<Conversation> => {
      const contact = simulator.contact({ customerName })
      return { contact, chat: await aRealChat(world, contact.agent) }
    }
    const all = [await converse('Ana'), await converse('Ben'), await converse('Cem')] as const
    all[0].chat.session.setActive(true)
    return new Shift(simulator, await mkdtemp(path.join(tmpdir(), 'without-socket-')), all)
  }

  async end(): Promise<void> {
    this.simulator.faults.clear()
    await Promise.all(this.all.map(({ chat }) => chat.session.close()))
    await this.simulator.close()
    await rm(this.folder, { recursive: true })
  }

  each<T>(act: (conversation: Conversation) => T | Promise<T>): Promise<readonly T[]> {
    return Promise.all(this.all.map(act))
  }
}

const phaseOf = ({ chat }: Conversation): string => chat.session.summary().link.phase
const shownIn = ({ chat }: Conversation): readonly string[] =>
  chat.session
    .entries()
    .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))
const saidIn = ({ contact }: Conversation): readonly string[] =>
  contact.truth().transcript.flatMap(({ Type, Content }) => (Type === 'MESSAGE' ? [String(Content)] : []))
const shows = (conversation: Conversation, text: string): Promise<void> =>
  conversation.chat.until(() => shownIn(conversation).includes(text), 15_000)
const filesIn = ({ chat }: Conversation): number =>
  chat.session.entries().filter(({ kind }) => kind === 'attachment').length

/** Nothing is lost, nothing is twice, and everything stands in its order. */
async function isWhole(conversation: Conversation): Promise<void> {
  await conversation.chat.until((session) => session.summary().outbox.waiting === 0)
  await surely(() => shownIn(conversation).length === saidIn(conversation).length)
  expect(shownIn(conversation)).toEqual(saidIn(conversation))
  expect(Object.values(conversation.contact.truth().clientTokens).every((times) => times === 1)).toBe(true)
}

/** Everything an agent does in a chat, while there is no socket. */
async function talk(shift: Shift): Promise<void> {
  const [ana, ben] = shift.all
  await shift.each(({ contact, chat }) => {
    contact.say('first')
    return chat.session.send({ text: `hello ${contact.customerName}`, contentType: 'text/plain' })
  })
  await shift.each((one) => shows(one, 'first'))
  await shift.each(isWhole)

  const file = path.join(shift.folder, 'notes.txt')
  await writeFile(file, 'These are the notes.')
  const { uploadId } = await ana.chat.session.uploads.stage(file)
  await ana.chat.session.uploads.send([uploadId])
  ben.contact.attach({ name: 'cat.txt', contentType: 'text/plain', bytes: Buffer.from('meow') })
  await Promise.all([ana, ben].map((one) => one.chat.until(() => filesIn(one) === 1, 15_000)))

  ana.chat.session.typing()
  const last = ana.chat.session.entries().findLast(({ kind }) => kind === 'message')
  if (last !== undefined) ana.chat.session.seen(last.id)
  const { participantId } = ana.contact.agent
  await surely(() => {
    const { typing, receipts } = ana.contact.truth()
    const hasRead = receipts.some(
      (one) => one.RecipientParticipantId === participantId && one.ReadTimestamp !== undefined,
    )
    return hasRead && typing.some((one) => one.participantId === participantId)
  }, 15_000)
}

const denials = [
  { kind: 'refuse-connections', operation: 'WebSocket' },
  { kind: 'http-error', operation: 'WebSocket', status: 403 },
  { kind: 'http-error', operation: 'WebSocket', status: 503 },
  { kind: 'gateway', operation: 'WebSocket', status: 302 },
  { kind: 'hang', operation: 'WebSocket' },
  { kind: 'half-open', operation: 'WebSocket' },
  { kind: 'refuse-agent-sockets' },
  { kind: 'omit-agent-sockets' },
] as const satisfies readonly FaultSpec[]

describe.concurrent('[A1] without a socket', () => {
  it.each(denials)(
    'chats are read and written, end, and have their sockets back when they can: $kind $status',
    async (fault) => {
      const shift = await Shift.begin()
      const [ana, ben, cem] = shift.all
      shift.simulator.faults.add(fault)
      await shift.each(({ chat }) => {
        chat.session.open()
      })

      await talk(shift)
      await shift.each((one) => one.chat.until(() => phaseOf(one) === 'polling', 25_000))
      await shift.each(({ contact }) => contact.say('second'))
      await shift.each((one) => shows(one, 'second'))
      ben.contact.say('good-bye')
      ben.contact.end()
      await ben.chat.until(() => phaseOf(ben) === 'ended', 15_000)

      shift.simulator.faults.clear()
      for (const { chat } of [ana, cem]) chat.session.tryNow()
      await Promise.all([ana, cem].map((one) => one.chat.until(() => phaseOf(one) === 'live', 15_000)))
      for (const { contact } of [ana, cem]) contact.say('third')
      await Promise.all([ana, cem].map((one) => shows(one, 'third')))
      await shift.each(isWhole)
      expect(shownIn(ben)).toContain('good-bye')
      await shift.end()
    },
    90_000,
  )

  it('chats go on that had one', async () => {
    const shift = await Shift.begin()
    await shift.each(({ chat }) => {
      chat.session.open()
    })
    await shift.each((one) => one.chat.until(() => phaseOf(one) === 'live', 15_000))

    shift.simulator.faults.add({ kind: 'refuse-connections', operation: 'WebSocket' })
    shift.simulator.faults.add({ kind: 'drop-sockets' })
    await talk(shift)
    await shift.each((one) => one.chat.until(() => phaseOf(one) === 'polling', 25_000))
    expect(shift.all[0].chat.session.summary().link).toMatchObject({
      host: new URL(shift.simulator.endpoint).host,
    })

    const before = shift.simulator.requests({ operation: 'GetTranscript' }).length
    await pause(5000)
    const readings = shift.simulator.requests({ operation: 'GetTranscript' }).length - before
    expect(readings).toBeGreaterThanOrEqual(2)
    expect(readings).toBeLessThanOrEqual(8)
    await shift.each(isWhole)
    await shift.end()
  }, 90_000)
})
