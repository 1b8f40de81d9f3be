import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { Answer } from '../testing/chat-client.ts'
import { agentOn, call, connect, TestSocket } from '../testing/chat-client.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { FaultBoard, faultKinds } from './faults.ts'

let sim: Simulator
let contact: ContactHandle
let token: string
let socket: TestSocket
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara' })
  const agent = await agentOn(sim, contact.agent.participantToken)
  token = agent.connectionToken
  socket = agent.socket
})
afterEach(() => sim.close())

const bytes = Buffer.alloc(200_000, 7)

async function upload(): Promise<Response> {
  const { body } = await call(sim, 'start-attachment-upload', {
    token,
    body: {
      ContentType: 'text/plain',
      AttachmentName: 'a.txt',
      AttachmentSizeInBytes: bytes.length,
      ClientToken: crypto.randomUUID(),
    },
  })
  const { Url, HeadersToInclude } = body['UploadMetadata'] as {
    Url: string
    HeadersToInclude: Record<string, string>
  }
  const stored = await fetch(Url, { method: 'PUT', headers: HeadersToInclude, body: bytes })
  await call(sim, 'complete-attachment-upload', {
    token,
    body: { AttachmentIds: [body['AttachmentId']], ClientToken: crypto.randomUUID() },
  })
  return stored
}

describe('faults on storage', () => {
  it('storage-403 refuses the PUT', async () => {
    sim.faults.add({ kind: 'storage-403', count: 1 })

    const refused = await upload()
    const taken = await upload()

    expect([refused.status, taken.status]).toEqual([403, 200])
  })

  it('storage-cut resets the PUT part-way and keeps nothing', async () => {
    sim.faults.add({ kind: 'storage-cut' })

    await expect(upload()).rejects.toThrow('fetch failed')
    expect(contact.truth().attachments).toMatchObject([{ status: 'AWAITED' }])
  })

  it('reject-attachments gives the verdict of the scanner', async () => {
    sim.faults.add({ kind: 'reject-attachments' })

    await upload()
    await socket.until(() => socket.items.some((item) => item.Type === 'ATTACHMENT'))

    expect(socket.items.at(-1)?.Attachments?.[0]?.Status).toBe('REJECTED')
    expect(contact.truth().attachments).toMatchObject([{ status: 'REJECTED' }])
  })
})

describe('faults that name what they are about', () => {
  it('spare participant tokens when connection tokens expire for a while', async () => {
    sim.faults.add({ kind: 'expire-token', durationMs: 10_000 })

    const { answer, connectionToken } = await connect(sim, contact.agent.participantToken)
    const refused = await call(sim, 'transcript', { token: connectionToken })

    expect([answer.status, refused.status]).toEqual([200, 403])
  })

  it('reach storage and the feed only by name', async () => {
    sim.faults.add({ kind: 'http-error', status: 500 })
    const file = contact.attach({ name: 'a.txt', contentType: 'text/plain', bytes })
    const url = (): Promise<Answer> =>
      call(sim, 'attachment', { token, body: { AttachmentId: file.attachmentId } })

    const refused = await url()
    const feed = await fetch(sim.feed)
    await feed.body?.cancel()
    sim.faults.clear()
    sim.faults.add({ kind: 'http-error', operation: 'GetObject', status: 503 })
    sim.faults.add({ kind: 'http-error', operation: 'Feed', status: 502 })
    const stored = await fetch(String((await url()).body['Url']))
    const closedFeed = await fetch(sim.feed)

    expect([refused.status, feed.status, stored.status, closedFeed.status]).toEqual([500, 200, 503, 502])
  })

  it('keep sockets of one contact from opening', async () => {
    const { url } = await connect(sim, contact.agent.participantToken)
    const { url: second } = await connect(sim, contact.agent.participantToken)
    sim.faults.add({
      kind: 'refuse-connections',
      contactId: contact.contactId,
      operation: 'WebSocket',
      count: 1,
    })
    sim.faults.add({ kind: 'http-error', operation: 'WebSocket', status: 503 })

    await expect(TestSocket.open(url)).rejects.toThrow(/ECONNRESET|socket hang up/)
    await expect(TestSocket.open(second)).rejects.toThrow('503')
  })

  it('cut the feed', async () => {
    const feed = await fetch(sim.feed)
    sim.faults.add({ kind: 'drop-sockets', operation: 'Feed' })

    await expect(feed.text()).rejects.toThrow('terminated')
    expect(contact.sockets).toBe(1)
  })

  it('let an upload hang until they are taken back', async () => {
    sim.faults.add({ kind: 'hang', operation: 'PutObject' })
    const hanging = expect(upload()).rejects.toThrow('fetch failed')
    await expect.poll(() => sim.requests({ operation: 'PutObject' }).length).toBe(1)
    sim.faults.clear()

    await hanging
  })
})

describe('the fault board', () => {
  it('refuses a kind or an operation it does not know', () => {
    expect(() => sim.faults.add({ kind: 'gremlins' })).toThrow()
    expect(() => sim.faults.add({ kind: 'hang', operation: 'SendMesage' })).toThrow()
  })

  it('lets a fault end with its duration', () => {
    const clock = new ManualClock()
    const board = new FaultBoard({ after: (delayMs, act) => clock.after(delayMs, act), id: () => 'fault' })
    board.add({ kind: 'http-error', durationMs: 40 })

    clock.advance(39)
    const before = board.find('http-error')
    clock.advance(1)

    expect([before?.kind, board.find('http-error')]).toEqual(['http-error', undefined])
  })

  it.each(faultKinds.map((kind) => [kind]))('takes %s over HTTP', async (kind) => {
    const response = await fetch(`${sim.control}/faults`, { method: 'POST', body: JSON.stringify({ kind }) })

    expect(response.status).toBe(201)
  })

  it('hides nothing that the customer typed: typing goes on under frame faults', async () => {
    sim.faults.add({ kind: 'duplicate-frames' })
    contact.type()
    await socket.until(
      () => socket.items.filter((item) => item.ContentType === contentTypes.typing).length === 2,
    )

    expect(contact.truth().typing).toHaveLength(1)
  })
})
