import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import { chatJs } from './testing/chat-js.ts'
import { kinds } from './testing/kinds.ts'
import type { ParticipantClient } from './testing/participant-client.ts'
import { sdkV3 } from './testing/sdk-v3.ts'
import { heard, refusal, Stage } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const photo = { name: 'photo.png', type: 'image/png', bytes: new Uint8Array(randomBytes(300_000)) }
const note = { name: 'note.txt', type: 'text/plain', bytes: new TextEncoder().encode('A note') }

const isFile = ({ Type }: TranscriptItem): boolean => Type === 'ATTACHMENT'
const withStatus =
  (status: string) =>
  ({ Attachments }: TranscriptItem): boolean =>
    Attachments?.[0]?.Status === status
const fileIdOf = ({ Attachments }: TranscriptItem): string => Attachments?.[0]?.AttachmentId ?? ''
const shared = (contact: ContactHandle): number => contact.truth().transcript.filter(isFile).length

describe.each(kinds)('a file sent with $name', (kind) => {
  async function chat(): Promise<{ contact: ContactHandle; client: ParticipantClient }> {
    const contact = stage.contact()
    return { contact, client: await stage.connected(kind, contact, 'CUSTOMER') }
  }

  it('comes back as the same bytes', async () => {
    const { contact, client } = await chat()
    const agent = await stage.connected(sdkV3, contact, 'AGENT')

    await client.attach(photo)
    const echo = await heard(client, isFile)
    const item = await heard(agent, isFile)

    expect(echo).toEqual(item)
    expect(item).toMatchObject({
      ParticipantRole: 'CUSTOMER',
      Attachments: [{ AttachmentName: 'photo.png', ContentType: 'image/png', Status: 'APPROVED' }],
    })
    expect(item).not.toHaveProperty('ContentType')
    expect(item).not.toHaveProperty('Content')
    for (const reader of [client, agent])
      expect(digestOf(await reader.download(fileIdOf(item)))).toBe(digestOf(photo.bytes))
  })

  it.each(['Rechnung „März“ 2026.txt', '領収書.txt', 'a "quoted" name.txt'])(
    'keeps the name %s',
    async (name) => {
      const { client } = await chat()

      await client.attach({ ...note, name })

      expect((await heard(client, isFile)).Attachments?.[0]?.AttachmentName).toBe(name)
    },
  )

  it('is shown in progress and then approved, under one id', async () => {
    stage.simulator.set({ inProgressItemPushed: true, scanMs: 30 })
    const { client } = await chat()

    await client.attach(note)
    const waiting = await heard(client, withStatus('IN_PROGRESS'))
    const approved = await heard(client, withStatus('APPROVED'))

    expect(approved.Id).toBe(waiting.Id)
    expect(fileIdOf(approved)).toBe(fileIdOf(waiting))
    expect(await client.download(fileIdOf(approved))).toEqual(note.bytes)
  })

  it('cannot be fetched before its verdict', async () => {
    const { contact, client } = await chat()

    contact.attach({ name: 'note.txt', contentType: 'text/plain', bytes: note.bytes, status: 'IN_PROGRESS' })
    const item = await heard(client, withStatus('IN_PROGRESS'))

    expect(await refusal(client, 'GetAttachment', { AttachmentId: fileIdOf(item) })).toMatchObject({
      name: 'ValidationException',
      status: 400,
    })
  })

  it('is gone when the scanner rejects it', async () => {
    stage.simulator.faults.add({ kind: 'reject-attachments' })
    const { contact, client } = await chat()

    await client.attach(note)
    const item = await heard(client, withStatus('REJECTED'))

    expect(await refusal(client, 'GetAttachment', { AttachmentId: fileIdOf(item) })).toMatchObject({
      status: 400,
    })
    expect(contact.truth().attachments[0]).not.toHaveProperty('sha256')
  })

  it.each([
    { trouble: 'the storage refuses it', fault: { kind: 'storage-403', count: 1 } },
    { trouble: 'the connection is cut on the way', fault: { kind: 'storage-cut' } },
  ] as const)('is shared only at the second attempt when $trouble', async ({ fault }) => {
    const { contact, client } = await chat()
    stage.simulator.faults.add(fault)

    await expect(client.attach(photo)).rejects.toBeDefined()
    const afterFailure = shared(contact)
    await client.attach(photo)

    expect(afterFailure).toBe(0)
    await heard(client, isFile)
    expect(shared(contact)).toBe(1)
  })

  it('is refused when its upload URL has expired', async () => {
    stage.simulator.set({ uploadUrlMs: 0 })
    const { contact, client } = await chat()

    await expect(client.attach(note)).rejects.toBeDefined()

    expect(stage.simulator.requests({ operation: 'PutObject' }).map(({ status }) => status)).toEqual([403])
    expect(shared(contact)).toBe(0)
  })

  it('needs a fresh URL when the one for download has expired', async () => {
    const { client } = await chat()
    await client.attach(note)
    const AttachmentId = fileIdOf(await heard(client, isFile))
    const { Url } = await client.perform('GetAttachment', { AttachmentId })

    stage.simulator.faults.add({ kind: 'clock-skew', durationMs: 301_000 })
    const late = await fetch(Url ?? '')

    expect(late.status).toBe(403)
    expect(await client.download(AttachmentId)).toEqual(note.bytes)
  })

  it('of another chat cannot be fetched', async () => {
    const { client } = await chat()
    const elsewhere = stage.contact()
    const file = { name: 'note.txt', contentType: 'text/plain', bytes: note.bytes }
    const { attachmentId: AttachmentId } = elsewhere.attach(file)

    expect(await refusal(client, 'GetAttachment', { AttachmentId })).toMatchObject({ status: 400 })
  })

  it('is refused for its type, its extension or its size', async () => {
    const { client } = await chat()
    const start = (change: object): ReturnType<typeof refusal> =>
      refusal(client, 'StartAttachmentUpload', {
        AttachmentName: 'note.txt',
        ContentType: 'text/plain',
        AttachmentSizeInBytes: 6,
        ClientToken: undefined,
        ...change,
      })

    const refusals = await Promise.all([
      start({ AttachmentName: 'note.exe' }),
      start({ ContentType: 'application/x-msdownload' }),
      start({ ContentType: 'image/png' }),
      start({ AttachmentName: `${'n'.repeat(253)}.txt` }),
      start({ AttachmentName: 'big.txt', AttachmentSizeInBytes: 20 * 1024 * 1024 + 1 }),
      start({ AttachmentSizeInBytes: 0 }),
    ])

    for (const refused of refusals)
      expect(refused).toMatchObject({ name: 'ValidationException', status: 400 })
    expect(stage.simulator.requests({ operation: 'PutObject' })).toEqual([])
  })
})

it.each([
  { mistake: 'without a header', change: { 'x-amz-acl': undefined }, status: 403 },
  { mistake: 'with another type', change: { 'Content-Type': 'text/html' }, status: 403 },
  { mistake: 'with another owner', change: { 'x-amz-meta-contact_id': 'else' }, status: 403 },
  { mistake: 'with another length', change: { 'Content-Length': '5' }, status: 403, body: 'A not' },
  { mistake: 'exactly as signed', change: {}, status: 200 },
])('the storage answers $status to a PUT $mistake', async ({ change, status, body = 'A note' }) => {
  const contact = stage.contact()
  const client = await stage.connected(sdkV3, contact, 'CUSTOMER')
  const { UploadMetadata } = await client.perform('StartAttachmentUpload', {
    AttachmentName: 'note.txt',
    ContentType: 'text/plain',
    AttachmentSizeInBytes: 6,
    ClientToken: undefined,
  })

  const signed: Readonly<Record<string, string | undefined>> = UploadMetadata?.HeadersToInclude ?? {}
  const headers = Object.entries({ ...signed, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  )
  const response = await fetch(UploadMetadata?.Url ?? '', { method: 'PUT', headers, body })

  expect(response.status).toBe(status)
  expect(contact.truth().attachments[0]?.sha256 !== undefined).toBe(status === 200)
})

it('takes 20 MB to the byte', async () => {
  const contact = stage.contact()
  const client = await stage.connected(sdkV3, contact, 'CUSTOMER')
  const film = { name: 'film.mp4', type: 'video/mp4', bytes: new Uint8Array(randomBytes(20 * 1024 * 1024)) }

  await client.attach(film)
  const downloaded = await client.download(fileIdOf(await heard(client, isFile)))

  expect(digestOf(downloaded)).toBe(digestOf(film.bytes))
})

it('completes what ChatJS never managed to upload as little as anything else', async () => {
  const contact = stage.contact()
  const client = await stage.connected(chatJs, contact, 'CUSTOMER')
  stage.simulator.faults.add({ kind: 'storage-403', count: 1 })

  const failed = await client.attach(note).catch((error: unknown) => client.troubleOf(error))

  // ChatJS does not look at the answer to its PUT.
  expect(failed).toMatchObject({ name: 'ValidationException', status: 400 })
  expect(stage.simulator.requests({ operation: 'CompleteAttachmentUpload' })).toHaveLength(1)
})
