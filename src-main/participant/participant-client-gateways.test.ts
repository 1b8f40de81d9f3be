import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeskError } from '#shared/failure.ts'
import { systemClock } from '../platform/system-clock.ts'
import { RecordingServer } from '../testing/recording-server.ts'
import { Secret } from '../vault/secret.ts'
import type { ClientOptions } from './client-options.ts'
import { defaultClientOptions } from './client-options.ts'
import { ParticipantClient } from './participant-client.ts'

let server: RecordingServer

beforeEach(async () => {
  server = await RecordingServer.start()
})

afterEach(() => server.close())

function aClient(change: Partial<ClientOptions> = {}): ParticipantClient {
  const agents = () => ({ http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent() })
  return new ParticipantClient(
    { ...defaultClientOptions, region: 'us-west-2', endpoint: server.url, agents, ...change },
    systemClock,
  )
}

const token = new Secret('connection-token')
const message = { contentType: 'text/plain', content: 'Hello', clientToken: 'client-token' }
const backward = { direction: 'BACKWARD', order: 'ASCENDING', maxResults: 100 } as const

describe('a call', () => {
  it.each([301, 302, 307, 308, 400, 401, 403, 404, 407, 408, 409, 413, 421, 425, 429, 431, 451, 502])(
    '[L2] [L3] answered with %i by a gateway is no refusal, and its token goes nowhere else',
    async (status) => {
      server.answer((_, response) => {
        response.writeHead(status, { location: `${server.url}/login`, server: 'Squid' }).end('<html>Blocked')
      })

      const { failure } = (await aClient()
        .sendMessage(token, message)
        .catch((error: unknown) => error)) as DeskError

      expect(failure).toMatchObject({ code: 'gateway' })
      expect(failure).not.toHaveProperty('status')
      expect(failure.message).toContain(`${status}`)
      expect(server.requests).toHaveLength(1)
    },
  )

  it.each(['<html>Sign in</html>', '', '{"error":"login_required"}'])(
    '[L3] that succeeds with %s was not done',
    async (body) => {
      server.answer((_, response) => response.writeHead(200, { server: 'Squid' }).end(body))
      const client = aClient()

      for (const call of [
        client.sendMessage(token, message),
        client.disconnect(token, 'client-token'),
        client.completeAttachmentUpload(token, { attachmentId: 'a', clientToken: 'b' }),
        client.getTranscript(token, backward),
      ]) {
        await expect(call).rejects.toMatchObject({
          failure: {
            code: 'gateway',
            message: expect.stringMatching(/not the chat service but a gateway \(200, Squid\)/) as string,
          },
        })
      }
    },
  )

  it('[L2] that a firewall refuses in the manner of the service says nothing about the chat', async () => {
    const firewall = { 'x-amzn-errortype': 'ForbiddenException', 'x-amzn-requestid': 'request-1' }
    server.answer((_, response) => response.writeHead(403, firewall).end('{"message":"Forbidden"}'))

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({
      failure: { code: 'gateway' },
    })
  })
})
