import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { Answer, TestSocket } from '../testing/chat-client.ts'
import { agentOn, call } from '../testing/chat-client.ts'

type Upload = { id: string; url: string; headers: Record<string, string> }

const bytes = Buffer.from('%PDF-1.4 a small document')

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

const announce = (change: object = {}): Promise<Answer> =>
  call(sim, 'start-attachment-upload', {
    token,
    body: {
      ContentType: 'application/pdf',
      AttachmentSizeInBytes: bytes.length,
      AttachmentName: 'guide.pdf',
      ClientToken: crypto.randomUUID(),
      ...change,
    },
  })

async function start(change: object = {}): Promise<Upload> {
  const { body } = await announce(change)
  const { Url, HeadersToInclude } = body['UploadMetadata'] as {
    Url: string
    HeadersToInclude: Record<string, string>
  }
  return { id: String(body['AttachmentId']), url: Url, headers: HeadersToInclude }
}

const put = (upload: Upload, body: Buffer = bytes, headers = upload.headers): Promise<Response> =>
  fetch(upload.url, { method: 'PUT', headers, body: new Uint8Array(body) })

const complete = (upload: Upload, ClientToken: string = crypto.randomUUID()): Promise<Answer> =>
  call(sim, 'complete-attachment-upload', { token, body: { AttachmentIds: [upload.id], ClientToken } })

const get = (AttachmentId: string, change: object = {}): Promise<Answer> =>
  call(sim, 'attachment', { token, body: { AttachmentId, ...change } })

const truthOf = (upload: Upload): object | undefined =>
  contact.truth().attachments.find((attachment) => attachment.id === upload.id)

describe('an upload', () => {
  it('arrives with the same bytes and is shown to everybody', async () => {
    const upload = await start()
    const stored = await put(upload)
    const completed = await complete(upload)
    await socket.until(() => socket.items.some((item) => item.Type === 'ATTACHMENT'))

    expect([stored.status, completed.status]).toEqual([200, 200])
    expect(socket.items.at(-1)?.Attachments).toEqual([
      {
        AttachmentId: upload.id,
        AttachmentName: 'guide.pdf',
        ContentType: 'application/pdf',
        Status: 'APPROVED',
      },
    ])
    expect(truthOf(upload)).toMatchObject({
      status: 'APPROVED',
      puts: 1,
      completes: 1,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
  })

  it('is refused by storage when a signed header is missing or the size is wrong', async () => {
    const upload = await start()
    const { 'x-amz-acl': _acl, ...others } = upload.headers

    const unsigned = await put(upload, bytes, others)
    const { 'Content-Length': _length, ...rest } = upload.headers
    const longer = await put(upload, Buffer.concat([bytes, bytes]), rest)

    expect([unsigned.status, longer.status]).toEqual([403, 403])
    expect(await unsigned.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect(truthOf(upload)).toMatchObject({ status: 'AWAITED' })
  })

  it('[B1] is refused by storage when its name does not come as the bytes that were signed', async () => {
    sim.set({ attachmentNameInHeader: 'as-given' })
    const upload = await start({ AttachmentName: 'Müller Rechnung.pdf' })
    const signed = upload.headers['Content-Disposition'] ?? ''
    const utf8 = Buffer.from(signed, 'utf8').toString('latin1')

    const oneByteALetter = await put(upload, bytes, upload.headers)
    const unsigned = await put(upload, bytes, {
      ...upload.headers,
      'x-amz-tagging': 'a',
      'Content-Disposition': utf8,
    })
    const asSigned = await put(upload, bytes, { ...upload.headers, 'Content-Disposition': utf8 })

    expect([oneByteALetter.status, unsigned.status, asSigned.status]).toEqual([403, 403, 200])
  })

  it('is refused by storage once the URL has expired', async () => {
    sim.set({ uploadUrlMs: 0 })
    const upload = await start()

    const late = await put(upload)

    expect(late.status).toBe(403)
    expect(await late.text()).toContain('Request has expired')
  })

  it('cannot be completed before its bytes are there, nor twice', async () => {
    const upload = await start()

    const early = await complete(upload)
    await put(upload)
    const first = await complete(upload, 'complete-1')
    const repeated = await complete(upload, 'complete-1')
    const second = await complete(upload, 'complete-2')

    expect([early, first, repeated, second].map((answer) => answer.status)).toEqual([400, 200, 200, 409])
    expect(second.headers.get('x-amzn-errortype')).toBe('ConflictException')
    expect(contact.truth().transcript.filter((item) => item.Type === 'ATTACHMENT')).toHaveLength(1)
    expect(contact.truth().clientTokens['complete-1']).toBe(1)
  })

  it('gets the same id for the same ClientToken', async () => {
    const first = await start({ ClientToken: 'start-1' })
    const again = await start({ ClientToken: 'start-1' })

    expect(again.id).toBe(first.id)
  })

  it.each([
    ['too large', { AttachmentSizeInBytes: 20 * 1024 * 1024 + 1 }],
    ['of a type that is not allowed', { ContentType: 'application/x-msdownload', AttachmentName: 'a.exe' }],
    ['named as something else', { AttachmentName: 'guide.png' }],
    ['empty', { AttachmentSizeInBytes: 0 }],
  ])('is not begun for a file %s', async (_case, change) => {
    const answer = await announce(change)

    expect(answer.status).toBe(400)
    expect(answer.headers.get('x-amzn-errortype')).toBe('ValidationException')
  })

  it('is refused with 402 when the conversation has its fill', async () => {
    sim.set({ attachmentsPerContact: 1 })
    const upload = await start()
    await put(upload)
    await complete(upload)

    const next = await announce()

    expect(next.status).toBe(402)
    expect(next.headers.get('x-amzn-errortype')).toBe('ServiceQuotaExceededException')
  })

  it('shows progress and the verdict under one id', async () => {
    sim.set({ inProgressItemPushed: true, scanMs: 20 })
    const upload = await start()
    await put(upload)
    await complete(upload)
    await socket.until(() => socket.items.filter((item) => item.Type === 'ATTACHMENT').length === 2)

    const [progress, verdict] = socket.items.filter((item) => item.Type === 'ATTACHMENT')
    expect([progress?.Attachments?.[0]?.Status, verdict?.Attachments?.[0]?.Status]).toEqual([
      'IN_PROGRESS',
      'APPROVED',
    ])
    expect(verdict?.Id).toBe(progress?.Id)
    expect(contact.truth().transcript.filter((item) => item.Type === 'ATTACHMENT')).toHaveLength(1)
  })
})

describe('a download', () => {
  it('gives the bytes until its URL expires', async () => {
    const { attachmentId } = contact.attach({ name: 'IMG_4412.png', contentType: 'image/png', bytes })

    const answer = await get(attachmentId, { UrlExpiryInSeconds: 5 })
    const file = await fetch(String(answer.body['Url']))

    expect(answer.body['AttachmentSizeInBytes']).toBe(bytes.length)
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes)
  })

  it('is refused when the URL is too old', async () => {
    const { attachmentId } = contact.attach({ name: 'IMG_4412.png', contentType: 'image/png', bytes })
    const answer = await get(attachmentId)
    sim.faults.add({ kind: 'clock-skew', durationMs: 301_000 })

    const file = await fetch(String(answer.body['Url']))

    expect(file.status).toBe(403)
  })

  it('is refused for a rejected file, with the status of the switch', async () => {
    const { attachmentId } = contact.attach({
      name: 'macro.docx',
      contentType: 'application/msword',
      bytes,
      status: 'REJECTED',
    })

    const first = await get(attachmentId)
    sim.set({ rejectedAttachmentStatus: 403 })
    const second = await get(attachmentId)

    expect([first.status, second.status]).toEqual([400, 403])
  })

  it('waits for the verdict on a file in progress', async () => {
    const { attachmentId } = contact.attach({
      name: 'a.png',
      contentType: 'image/png',
      bytes,
      status: 'IN_PROGRESS',
    })

    const early = await get(attachmentId)
    contact.judge(attachmentId, 'APPROVED')
    const late = await get(attachmentId)

    expect([early.status, late.status]).toEqual([400, 200])
  })
})
