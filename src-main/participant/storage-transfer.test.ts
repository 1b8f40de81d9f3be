import { Agent as HttpAgent, createServer } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecordingServer } from '../testing/recording-server.ts'
import { Secret } from '../vault/secret.ts'
import type { OutgoingFile, UploadTicket } from './participant-api.ts'
import { putFile } from './storage-transfer.ts'

let server: RecordingServer
const agents = { http: new HttpAgent(), https: new HttpsAgent() }

beforeEach(async () => {
  server = await RecordingServer.start()
})

afterEach(() => server.close())

const aTicket = (url = `${server.url}/bucket/file?X-Amz-Signature=abc`): UploadTicket => ({
  attachmentId: 'file-1',
  url: new Secret(url),
  lifetime: 60_000,
  headers: { 'Content-Type': 'text/plain', 'x-amz-meta-contact_id': 'contact-1' },
})

function aFile(
  pieces: readonly Uint8Array[],
  announced?: number,
): OutgoingFile & { readonly told: number[] } {
  const told: number[] = []
  return {
    bytes: announced ?? pieces.reduce((sum, piece) => sum + piece.length, 0),
    async *read() {
      for (const piece of pieces) yield await Promise.resolve(piece)
    },
    progressed: (sentBytes) => told.push(sentBytes),
    told,
  }
}

const hello = [Buffer.from('Hello '), Buffer.from('storage')]

describe('a file', () => {
  it('arrives with every header of its ticket and no token', async () => {
    const file = aFile(hello)

    await putFile({ ticket: aTicket(), file, agents, endpoint: server.url })

    const [request] = server.requests
    expect(request).toMatchObject({
      method: 'PUT',
      path: '/bucket/file?X-Amz-Signature=abc',
      body: 'Hello storage',
    })
    expect(request?.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-amz-meta-contact_id': 'contact-1',
      'content-length': '13',
    })
    expect(request?.headers).not.toHaveProperty('x-amz-bearer')
    expect(file.told).toEqual([6, 13])
  })

  it.each([
    'attachment; filename="Müller Rechnung.pdf"',
    `attachment; filename="${'Müller Rechnung.pdf'.normalize('NFD')}"`,
    'attachment; filename="Łódź.pdf"',
    'attachment; filename="請求書.pdf"',
  ])('[B1] arrives with the header %s as UTF-8', async (value) => {
    const received = Buffer.from(value, 'utf8').toString('latin1')
    const ticket = { ...aTicket(), headers: { 'Content-Disposition': value } }

    await putFile({ ticket, file: aFile(hello), agents, endpoint: server.url })

    expect(server.requests[0]?.headers).toMatchObject({ 'content-disposition': received })
  })

  it('[K12] arrives at its host, alone, and without what only the connection may say', async () => {
    const hostile = {
      Host: 'other.example',
      Cookie: 'a=b',
      Authorization: 'Bearer stolen',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '3',
      Connection: 'upgrade',
      Upgrade: 'websocket',
      Expect: '100-continue',
      'X-Forwarded-For': '127.0.0.1',
      'x-amz-security-token': 'stolen',
    }
    const ticket = { ...aTicket(), headers: { ...aTicket().headers, ...hostile } }

    await putFile({ ticket, file: aFile(hello), agents, endpoint: server.url })

    const [request] = server.requests
    expect(request?.body).toBe('Hello storage')
    expect(request?.headers).toMatchObject({ host: new URL(server.url).host, 'content-length': '13' })
    expect(Object.keys(request?.headers ?? {})).toEqual(
      expect.not.arrayContaining(['cookie', 'authorization', 'transfer-encoding', 'upgrade', 'expect']),
    )
    expect(Object.keys(request?.headers ?? {})).not.toContain('x-amz-security-token')
    expect(Object.keys(request?.headers ?? {})).not.toContain('x-forwarded-for')
  })

  it('whose ticket nobody can follow is refused with a sentence', async () => {
    const ticket = { ...aTicket(), headers: { 'Content-Disposition': 'attachment\r\nx: y' } }

    await expect(putFile({ ticket, file: aFile(hello), agents, endpoint: server.url })).rejects.toMatchObject(
      {
        failure: { code: 'refused' },
      },
    )
  })

  it.each([
    [403, 'storage-refused'],
    [400, 'storage-refused'],
    [500, 'service-unavailable'],
    [503, 'service-unavailable'],
    [307, 'service-unavailable'],
  ])('that the storage answers with %i was not stored', async (status, code) => {
    server.answer((_, response) => response.writeHead(status).end('<Error><Code>No</Code></Error>'))

    await expect(
      putFile({ ticket: aTicket(), file: aFile(hello), agents, endpoint: server.url }),
    ).rejects.toMatchObject({
      failure: { code, status },
    })
  })

  it.each([200, 204, 302, 403, 407, 413, 451, 503])(
    '[L3] that somebody else answers with %i was neither stored nor refused, and goes nowhere else',
    async (status) => {
      server.answer((_, response) => response.writeHead(status, { location: `${server.url}/login` }).end())

      const put = putFile({ ticket: aTicket(), file: aFile(hello), agents, endpoint: server.url })

      await expect(put).rejects.toMatchObject({ failure: { code: 'gateway' } })
      await expect(put).rejects.not.toMatchObject({ failure: { status } })
      expect(server.requests).toHaveLength(1)
    },
  )

  it('that is cut off half-way was not stored', async () => {
    server.onConnection((socket) => setTimeout(() => socket.resetAndDestroy(), 30))
    const piece = new Uint8Array(64 * 1024)

    const put = putFile({
      ticket: aTicket(),
      file: aFile(Array.from({ length: 2000 }, () => piece)),
      agents,
      endpoint: server.url,
    })

    await expect(put).rejects.toMatchObject({ failure: { code: 'unreachable' } })
  })

  it('can be cancelled', async () => {
    server.answer(() => undefined)
    const abort = new AbortController()

    const put = putFile({
      ticket: aTicket(),
      file: aFile(hello),
      agents,
      endpoint: server.url,
      signal: abort.signal,
    })
    setTimeout(() => abort.abort(), 20)

    await expect(put).rejects.toMatchObject({ failure: { code: 'cancelled' } })
  })

  it.each([
    ['shrank', 20],
    ['grew', 7],
  ])('that %s while it was read is not passed off as whole', async (_, announced) => {
    await expect(
      putFile({ ticket: aTicket(), file: aFile(hello, announced), agents, endpoint: server.url }),
    ).rejects.toMatchObject({
      failure: { code: 'file-unreadable' },
    })

    expect(server.requests.filter(({ body }) => body.length === announced)).toEqual([])
  })

  it.each(['http://storage.example/x', 'ftp://127.0.0.1/x', 'nonsense'])('is not sent to %s', async (url) => {
    await expect(
      putFile({ ticket: aTicket(url), file: aFile(hello), agents, endpoint: server.url }),
    ).rejects.toMatchObject({
      failure: { code: 'storage-refused' },
    })
  })

  it('of 20 MB is read no faster than the storage takes it', async () => {
    const pieces = Array.from({ length: 320 }, () => new Uint8Array(64 * 1024))
    const sink = await startSink()
    const file = aFile(pieces)
    let most = 0
    const progressed = (sentBytes: number) => (most = Math.max(most, sentBytes - sink.bytes()))

    await putFile({ ticket: aTicket(sink.url), file: { ...file, progressed }, agents, endpoint: server.url })

    sink.close()
    expect(sink.bytes()).toBe(file.bytes)
    expect(most).toBeLessThan(6 * 1024 * 1024)
  })
})

/** Counts bytes and keeps none. */
async function startSink() {
  let bytes = 0
  const sink = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('end', () => response.setHeader('etag', '"1"').end())
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const address = sink.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/file`, bytes: () => bytes, close: () => sink.close() }
}
