import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { Answer, TestSocket } from '../testing/chat-client.ts'
import { agentOn, call } from '../testing/chat-client.ts'
import { faultKinds } from './faults.ts'

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

const say = (Content: string, ClientToken?: string): Promise<Answer> =>
  call(sim, 'message', { token, body: { Content, ContentType: 'text/plain', ClientToken } })

describe('faults on storage', () => {
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

describe('the fault board', () => {
  it('refuses a kind or an operation it does not know', () => {
    expect(() => sim.faults.add({ kind: 'gremlins' })).toThrow()
    expect(() => sim.faults.add({ kind: 'hang', operation: 'SendMesage' })).toThrow()
  })

  it('lets a fault end with its duration', async () => {
    sim.faults.add({ kind: 'http-error', durationMs: 40 })

    const during = await say('During')
    await expect.poll(() => sim.faults.inForce.length).toBe(0)
    const after = await say('After')

    expect([during.status, after.status]).toEqual([500, 200])
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
