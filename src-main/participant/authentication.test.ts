import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { aRealWorld } from '../testing/real-chat.ts'
import { Secret } from '../vault/secret.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator()
})

afterEach(() => simulator.close())

/** A contact whose customer was just asked to sign in, and a token of one who takes part. */
async function askedToSignIn() {
  const { client } = aRealWorld(simulator.endpoint)
  const contact = simulator.contact({ customerName: 'Ana' })
  const wanted = { types: ['CONNECTION_CREDENTIALS'], connectParticipant: true } as const
  const { credentials } = await client.createConnection(new Secret(contact.customer.participantToken), wanted)
  if (credentials === null) throw new Error('There is no connection token.')
  const { sessionId = '' } = contact.event({
    contentType: 'application/vnd.amazonaws.connect.event.authentication.initiated',
  })
  return { client, contact, sessionId, token: credentials.token }
}

describe("a customer's sign-in", () => {
  it('has an address, which is a secret', async () => {
    const { client, sessionId, token } = await askedToSignIn()

    const url = await client.getAuthenticationUrl(token, { sessionId, redirectUrl: 'https://alder.example/' })

    expect(url.reveal()).toContain(sessionId)
    expect(String(url)).not.toContain(sessionId)
  })

  it('can be called off, once', async () => {
    const { client, contact, sessionId, token } = await askedToSignIn()
    const heard: (string | undefined)[] = []
    contact.onItem(({ ContentType }) => heard.push(ContentType))

    await client.cancelAuthentication(token, sessionId)

    expect(heard).toContain('application/vnd.amazonaws.connect.event.authentication.cancelled')
    await expect(
      client.getAuthenticationUrl(token, { sessionId, redirectUrl: 'https://alder.example/' }),
    ).rejects.toMatchObject({ failure: { code: 'refused', status: 400 } })
  })

  it.each(['getAuthenticationUrl', 'cancelAuthentication'] as const)(
    'that nobody asked for is refused by %s',
    async (call) => {
      const { client, token } = await askedToSignIn()
      const sessionId = '00000000-0000-4000-8000-000000000000'

      const asked =
        call === 'cancelAuthentication'
          ? client.cancelAuthentication(token, sessionId)
          : client.getAuthenticationUrl(token, { sessionId, redirectUrl: 'https://alder.example/' })

      await expect(asked).rejects.toMatchObject({ failure: { status: 400 } })
    },
  )
})
