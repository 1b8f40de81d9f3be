import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { Secret } from '../vault/secret.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import type { RawSocketListener } from './chat-socket.ts'
import type { ConnectionDetails, ParticipantApi, WantedConnection } from './participant-api.ts'
import { ParticipantConnection } from './participant-connection.ts'
import { ServiceError } from './service-error.ts'

const minute = 60_000
const ack = '{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}'
const refused = new ServiceError('denied', 'no', { status: 403 })

interface Peer {
  readonly url: string
  readonly listener: RawSocketListener
  isClosed: boolean
}

function aConnection(grant: { socket?: number | null; credentials?: number | null } = {}) {
  const clock = new ManualClock()
  const seen: string[] = []
  const peers: Peer[] = []
  const wanted: string[] = []
  const used: string[] = []
  let issued = 0
  const refusals: DeskError[] = []
  const refusedTokens = new Set<string>()
  const createConnection = async (_: Secret, { types }: WantedConnection): Promise<ConnectionDetails> => {
    wanted.push(types.join('+'))
    const refusal = refusals.shift()
    if (refusal !== undefined) throw refusal
    issued += 1
    return {
      socket: {
        url: new Secret(`wss://${issued}`),
        lifetime: grant.socket === undefined ? 66 * minute : grant.socket,
      },
      credentials: {
        token: new Secret(`token ${issued}`),
        lifetime: grant.credentials === undefined ? 24 * 60 * minute : grant.credentials,
      },
      at: null,
    }
  }
  const sendMessage = async (token: Secret) => {
    used.push(token.reveal())
    if (refusedTokens.has(token.reveal())) throw refused
    return { serviceId: 'item-1', at: 0 }
  }
  const api = {
    createConnection,
    sendMessage,
    dropIdleConnections: () => undefined,
  } as unknown as ParticipantApi
  const connection = new ParticipantConnection(
    {
      api,
      clock,
      newId: () => 'id',
      note: () => undefined,
      openSocket: (url, listener) => {
        const peer: Peer = { url: url.reveal(), listener, isClosed: false }
        peers.push(peer)
        return { send: () => undefined, close: () => (peer.isClosed = true) }
      },
    },
    new Secret('participant token'),
    {
      admitted: () => undefined,
      up: () => seen.push('up'),
      item: () => seen.push('item'),
      alive: () => undefined,
      down: ({ code }) => seen.push(`down: ${code}`),
      refused: () => seen.push('refused'),
      serviceTime: () => undefined,
    },
  )
  const peer = (index: number) => {
    const found = peers[index]
    if (found === undefined) throw new Error(`There is no socket ${index}.`)
    return found
  }
  const rise = async (index: number) => {
    peer(index).listener.open()
    peer(index).listener.text(ack)
    await clock.advance(0)
  }
  return { clock, connection, seen, peers, peer, rise, wanted, used, refusals, refusedTokens }
}

async function aLiveConnection(grant: Parameters<typeof aConnection>[0] = {}) {
  const world = aConnection(grant)
  world.connection.dial()
  await world.clock.advance(0)
  await world.rise(0)
  return world
}

/** The peer answers heartbeats for as long as the given time. */
async function live(world: Awaited<ReturnType<typeof aLiveConnection>>, milliseconds: number) {
  for (let passed = 0; passed < milliseconds; passed += 5000) {
    await world.clock.advance(Math.min(5000, milliseconds - passed))
    for (const peer of world.peers) if (!peer.isClosed) peer.listener.text('{"topic":"aws/heartbeat"}')
  }
}

describe('dialling', () => {
  it('asks for a fresh URL and token every time', async () => {
    const { connection, clock, peers } = await aLiveConnection()

    connection.dial()
    await clock.advance(0)

    expect(peers.map(({ url }) => url)).toEqual(['wss://1', 'wss://2'])
  })

  it('drops the late answer of an abandoned dial', async () => {
    const { connection, clock, peers } = aConnection()

    connection.dial()
    connection.dial()
    await clock.advance(0)

    expect(peers).toHaveLength(1)
  })

  it('tells a refused participant token from any other trouble', async () => {
    const { connection, clock, seen, refusals } = aConnection()
    refusals.push(refused, new ServiceError('unreachable', 'cut'))

    connection.dial()
    await clock.advance(0)
    connection.dial()
    await clock.advance(0)

    expect(seen).toEqual(['refused', 'down: unreachable'])
  })

  it('does not use a URL that got old while the computer slept', async () => {
    const { connection, clock, peers } = aConnection()

    connection.dial()
    clock.jump(10 * minute)
    await clock.advance(0)

    expect(peers.map(({ url }) => url)).toEqual(['wss://2'])
  })
})

describe('rotation', () => {
  it('brings a new socket up before the old one closes', async () => {
    const world = await aLiveConnection()
    await live(world, 59 * minute)
    expect(world.peers).toHaveLength(2)
    expect(world.peer(0).isClosed).toBe(false)

    await world.rise(1)

    expect(world.peer(0).isClosed).toBe(true)
    expect(world.seen).toEqual(['up', 'up'])
  })

  it('comes before the service ends the connection', async () => {
    const world = await aLiveConnection({ socket: 10 * minute })

    await live(world, 7.6 * minute)

    expect(world.peers).toHaveLength(2)
  })

  it('comes at 59 minutes when the service does not say when it ends', async () => {
    const world = await aLiveConnection({ socket: null })

    await live(world, 58.9 * minute)
    expect(world.peers).toHaveLength(1)

    await live(world, 8000)
    expect(world.peers).toHaveLength(2)
  })

  it('that fails leaves the old socket in place and is tried again', async () => {
    const world = await aLiveConnection()
    world.refusals.push(new ServiceError('unreachable', 'cut'))

    await live(world, 59 * minute)
    expect(world.peers).toHaveLength(1)
    expect(world.seen).toEqual(['up'])

    await live(world, 15_000)
    expect(world.peers).toHaveLength(2)
  })

  it('hears both sockets while they overlap', async () => {
    const world = await aLiveConnection()
    await live(world, 59 * minute)
    const item = JSON.stringify({
      topic: 'aws/chat',
      content:
        '{"Id":"1","AbsoluteTime":"2026-01-01T00:00:00Z","Type":"MESSAGE","Content":"x","ContentType":"text/plain"}',
    })

    world.peer(0).listener.text(item)
    world.peer(1).listener.open()
    world.peer(1).listener.text(item)

    expect(world.seen).toEqual(['up', 'item', 'item'])
  })

  it('is a loss when the new socket dies after taking over', async () => {
    const world = await aLiveConnection()
    await live(world, 59 * minute)
    await world.rise(1)

    world.peer(1).listener.gone('1006')

    expect(world.seen).toEqual(['up', 'up', 'down: unreachable'])
  })
})

describe('the connection token', () => {
  it('is renewed a minute before it ends', async () => {
    const world = await aLiveConnection({ credentials: 20 * minute })

    await live(world, 18 * minute)
    expect(world.wanted).toHaveLength(1)

    await live(world, 2 * minute)
    expect(world.wanted[1]).toBe('CONNECTION_CREDENTIALS')
  })

  it('is renewed once when it is refused, for all callers together', async () => {
    const { connection, clock, used, wanted, refusedTokens } = await aLiveConnection()
    refusedTokens.add('token 1')
    const message = { contentType: 'text/plain', content: 'x', clientToken: 'c' }

    const both = Promise.all([connection.calls.sendMessage(message), connection.calls.sendMessage(message)])
    await clock.advance(0)
    await both

    expect(wanted).toEqual(['WEBSOCKET+CONNECTION_CREDENTIALS', 'CONNECTION_CREDENTIALS'])
    expect(used).toEqual(['token 1', 'token 1', 'token 2', 'token 2'])
  })

  it('that is refused anew is refused for good', async () => {
    const { connection, refusedTokens } = await aLiveConnection()
    refusedTokens.add('token 1').add('token 2')

    const sent = connection.calls.sendMessage({ contentType: 'text/plain', content: 'x', clientToken: 'c' })

    await expect(sent).rejects.toMatchObject({ failure: { code: 'denied', status: 403 } })
  })

  it('cannot be used once it is forgotten', async () => {
    const { connection } = await aLiveConnection()
    connection.forget()

    const sent = connection.calls.sendMessage({ contentType: 'text/plain', content: 'x', clientToken: 'c' })

    await expect(sent).rejects.toBeInstanceOf(DeskError)
  })
})
