import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecordingServer } from '../testing/recording-server.ts'
import { download } from './storage-download.ts'

let server: RecordingServer
const agents = { http: new HttpAgent(), https: new HttpsAgent() }

beforeEach(async () => {
  server = await RecordingServer.start()
})

afterEach(() => server.close())

const fetched = (change: { url?: string; maxBytes?: number } = {}) =>
  buffer(
    download({
      url: `${server.url}/bucket/file?X-Amz-Signature=abc`,
      maxBytes: 1000,
      agents,
      endpoint: server.url,
      ...change,
    }),
  )

describe('a file of the customer', () => {
  it('is fetched by its address alone', async () => {
    server.answer((_, response) => response.setHeader('etag', '"1"').end('the bytes'))

    expect((await fetched()).toString()).toBe('the bytes')
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/bucket/file?X-Amz-Signature=abc' }])
    expect(server.requests[0]?.headers).not.toHaveProperty('x-amz-bearer')
  })

  it.each(['http://storage.example/x', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'nonsense'])(
    'is not fetched from %s',
    async (url) => {
      await expect(fetched({ url })).rejects.toMatchObject({ failure: { code: 'storage-refused' } })
    },
  )

  it.each([
    [307, 'service-unavailable'],
    [403, 'storage-refused'],
    [500, 'service-unavailable'],
  ])('that the storage answers with %i is not taken', async (status, code) => {
    const no = '<Error><Code>No</Code></Error>'
    server.answer((_, response) => response.writeHead(status, { location: server.url }).end(no))

    await expect(fetched()).rejects.toMatchObject({ failure: { code, status } })
    expect(server.requests).toHaveLength(1)
  })

  it.each([200, 302, 403, 451, 503])(
    '[L3] is not the page that somebody else gives with %i',
    async (status) => {
      server.answer((_, response) => response.writeHead(status, { location: server.url }).end('<html>'))

      await expect(fetched()).rejects.toMatchObject({ failure: { code: 'gateway' } })
      expect(server.requests).toHaveLength(1)
    },
  )

  it('that stops half-way is not passed off as whole', async () => {
    server.answer((_, response) => {
      response.writeHead(200, { 'content-length': '100', etag: '"1"' }).write('half')
      setTimeout(() => response.destroy(), 20)
    })

    await expect(fetched()).rejects.toMatchObject({ failure: { code: 'unreachable' } })
  })

  it('that is larger than allowed is given up', async () => {
    server.answer((_, response) => response.setHeader('etag', '"1"').end(Buffer.alloc(2000)))

    await expect(fetched()).rejects.toMatchObject({ failure: { code: 'too-large' } })
  })
})
