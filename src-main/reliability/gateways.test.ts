import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { aRealChat, aRealWorld, type RealChat } from '../testing/real-chat.ts'

let simulator: Simulator
let contact: ContactHandle
let chat: RealChat
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gateways-'))
  simulator = await startSimulator()
  contact = simulator.contact({ customerName: 'Ana' })
  chat = await aRealChat(aRealWorld(simulator.endpoint), contact.agent)
  chat.session.open()
  await chat.until(() => phase() === 'live')
})

afterEach(async () => {
  await chat.session.close()
  await simulator.close()
  await rm(folder, { recursive: true })
})

const phase = (): string => chat.session.summary().link.phase
const gateway = (): string => {
  const { link } = chat.session.summary()
  return link.phase === 'waiting' ? (link.gateway ?? '') : ''
}
const said = (): readonly (string | undefined)[] =>
  contact
    .truth()
    .transcript.filter(({ Type, ParticipantRole }) => Type === 'MESSAGE' && ParticipantRole === 'AGENT')
    .map(({ Content }) => Content)
const asked = (operation: string, times: number): Promise<void> =>
  eventually(() => simulator.requests({ operation }).length >= times)

async function eventually(claim: () => boolean): Promise<void> {
  for (let tries = 0; !claim(); tries += 1) {
    if (tries > 400) throw new Error('It did not happen.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const bodies = [
  { status: 403, body: 'html' },
  { status: 302, body: 'empty' },
  { status: 200, body: 'html' },
] as const satisfies readonly Partial<FaultSpec>[]

describe('[L2] a gateway that answers in place of the service', () => {
  it.each(bodies)('ends no chat and forgets no token: $status $body', async (answer) => {
    simulator.faults.add({ kind: 'gateway', ...answer })
    simulator.faults.add({ kind: 'drop-sockets' })
    const before = simulator.requests({ operation: 'CreateParticipantConnection' }).length

    await asked('CreateParticipantConnection', before + 2)
    expect(phase()).not.toBe('ended')
    // Between two tries it says who answered; during one it says that it connects.
    await eventually(() => /Squid|127/.test(gateway()))
    simulator.faults.clear()
    contact.say('Are you there?')
    await chat.until((session) => session.entries().some(({ kind }) => kind === 'message'))
    await chat.until(() => phase() === 'live')

    expect(simulator.requests({ operation: 'Unknown' })).toEqual([])
  })

  it('does not stand in the way of a real refusal', async () => {
    simulator.faults.add({ kind: 'expire-token', operation: 'CreateParticipantConnection' })
    simulator.faults.add({ kind: 'drop-sockets' })

    await chat.until(() => phase() === 'ended')

    expect(chat.session.summary().link).toMatchObject({ reason: 'rejected' })
  })

  it('does not count as leaving', async () => {
    simulator.faults.add({ kind: 'gateway', operation: 'DisconnectParticipant' })

    await expect(chat.session.end()).rejects.toMatchObject({ failure: { code: 'gateway' } })

    expect(contact.hasEnded).toBe(false)
    expect(phase()).toBe('live')
  })
})

describe('[L3] a message', () => {
  it.each([302, 400, 403, 404, 407, 413, 431, 451])(
    'that a gateway answers with %i is sent once by itself',
    async (status) => {
      simulator.faults.add({ kind: 'gateway', operation: 'SendMessage', status, count: 2 })

      await chat.session.send({ text: 'Hello', contentType: 'text/plain' })
      await chat.until((session) => session.summary().outbox.waiting === 0)

      expect(chat.session.summary().outbox.failed).toBe(0)
      expect(said()).toEqual(['Hello'])
      expect(simulator.requests({ operation: 'Unknown' })).toEqual([])
    },
  )

  it.each([400, 404])('that the service itself refuses with %i fails at once', async (status) => {
    simulator.faults.add({ kind: 'http-error', operation: 'SendMessage', status, count: 1 })

    await chat.session.send({ text: 'Hello', contentType: 'text/plain' })
    await chat.until((session) => session.summary().outbox.failed === 1)

    expect(said()).toEqual([])
  })
})

describe('[L3] a file', () => {
  it.each(['StartAttachmentUpload', 'PutObject'] as const)(
    'outlasts a gateway in front of %s',
    async (operation) => {
      const file = path.join(folder, 'notes.txt')
      await writeFile(file, 'These are the notes.')
      simulator.faults.add({ kind: 'gateway', operation, status: 200, count: 4 })

      const { uploadId } = await chat.session.uploads.stage(file)
      await chat.session.uploads.send([uploadId])
      await chat.until((session) => session.entries().some(({ kind }) => kind === 'attachment'), 20_000)

      const { attachments } = contact.truth({ bytes: true })
      const stored = attachments.filter(({ bytesBase64 }) => bytesBase64 !== undefined)
      expect(stored.map(({ bytesBase64 = '' }) => Buffer.from(bytesBase64, 'base64').toString())).toEqual([
        'These are the notes.',
      ])
    },
    30_000,
  )
})
