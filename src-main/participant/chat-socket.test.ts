import { describe, expect, it } from 'vitest'
import { Secret } from '../vault/secret.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { aFrame, aRawItem } from '../testing/raw-items.ts'
import type { RawSocketListener } from './chat-socket.ts'
import { ChatSocket } from './chat-socket.ts'

const ack = '{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}'
const refusal = '{"topic":"aws/subscribe","content":{"status":"failure","topics":["aws/chat"]}}'
const echo = '{"topic":"aws/heartbeat"}'
const ping = (statusCode: number) => JSON.stringify({ topic: 'aws/ping', statusCode })

function aSocket() {
  const clock = new ManualClock()
  const seen: string[] = []
  const sent: string[] = []
  let listener: RawSocketListener | null = null
  let isClosed = false
  const socket = new ChatSocket(
    (_url, given) => {
      listener = given
      return {
        send: (text) => sent.push((JSON.parse(text) as { topic: string }).topic),
        close: () => (isClosed = true),
      }
    },
    new Secret('wss://simulated'),
    {
      clock,
      events: {
        up: () => seen.push('up'),
        item: () => seen.push('item'),
        unreadable: () => seen.push('unreadable'),
        down: ({ code }) => seen.push(`down: ${code}`),
      },
    },
  )
  const peer = () => {
    if (listener === null) throw new Error('Nobody dialled.')
    return listener
  }
  const count = (topic: string) => sent.filter((one) => one === topic).length
  return { clock, socket, seen, sent, peer, count, isClosed: () => isClosed }
}

/** Subscribed, with its first heartbeat answered at once. */
async function aSocketThatIsUp() {
  const world = aSocket()
  world.peer().open()
  world.peer().text(ack)
  world.peer().text(echo)
  await world.clock.advance(0)
  world.seen.length = 0
  return world
}

describe('coming up', () => {
  it('subscribes once the socket is open, and is up once that is acknowledged', () => {
    const { peer, seen, sent } = aSocket()

    peer().open()
    expect(sent).toEqual(['aws/subscribe'])
    expect(seen).toEqual([])

    peer().text(ack)
    expect(seen).toEqual(['up'])
  })

  it('gives up on a socket that does not open', async () => {
    const { clock, seen } = aSocket()

    await clock.advance(5000)

    expect(seen).toEqual(['down: timed-out'])
  })

  it('subscribes again when nobody answers, and gives up after five times', async () => {
    const { clock, peer, seen, count } = aSocket()
    peer().open()

    await clock.advance(6000)

    expect(count('aws/subscribe')).toBe(5)
    expect(seen).toEqual(['down: service-unavailable'])
  })

  it('subscribes again after a refusal', async () => {
    const { clock, peer, seen, count } = aSocket()
    peer().open()
    peer().text(refusal)

    await clock.advance(600)
    peer().text(ack)

    expect(count('aws/subscribe')).toBe(2)
    expect(seen).toEqual(['up'])
  })

  it('goes down with the reason when the service forbids it', () => {
    const { peer, seen } = aSocket()
    peer().open()

    peer().text('{"message":"Forbidden","connectionId":"a","requestId":"b"}')

    expect(seen).toEqual(['down: denied'])
  })
})

describe('a socket that is up', () => {
  it('sends a heartbeat and a ping every ten seconds', async () => {
    const { clock, peer, count } = await aSocketThatIsUp()

    for (let beat = 0; beat < 3; beat += 1) {
      await clock.advance(10_000)
      peer().text(echo)
    }

    expect(count('aws/heartbeat')).toBe(4)
    expect(count('aws/ping')).toBe(4)
  })

  it('is dead within twelve seconds of falling silent', async () => {
    const { clock, seen } = await aSocketThatIsUp()

    await clock.advance(11_400)
    expect(seen).toEqual([])

    await clock.advance(150)
    expect(seen).toEqual(['down: timed-out'])
  })

  it('gives a slow network the time it has shown to need', async () => {
    const { clock, peer, seen } = await aSocketThatIsUp()
    await clock.advance(10_000 + 1400)
    peer().text(echo)
    await clock.advance(8600 + 5500)
    peer().text(echo)

    await clock.advance(1000)

    expect(seen).toEqual([])
  })

  it('is alive as long as it speaks at all', async () => {
    const { clock, peer, seen } = await aSocketThatIsUp()
    await clock.advance(11_000)

    peer().text(aFrame(aRawItem()))
    await clock.advance(5000)

    expect(seen).toEqual(['item'])
  })

  it('has three seconds to answer when a message is on its way', async () => {
    const { clock, socket, seen } = await aSocketThatIsUp()

    socket.probe(3000)
    await clock.advance(2000)
    socket.probe(3000)
    await clock.advance(1050)

    expect(seen).toEqual(['down: timed-out'])
  })

  it('survives a probe it answers', async () => {
    const { clock, socket, peer, seen } = await aSocketThatIsUp()

    socket.probe(3000)
    await clock.advance(500)
    peer().text(echo)
    await clock.advance(5000)

    expect(seen).toEqual([])
  })

  it('is given up after three sick pings in a row', async () => {
    const { peer, seen } = await aSocketThatIsUp()

    for (const status of [500, 500, 200, 500, 500]) peer().text(ping(status))
    expect(seen).toEqual([])

    peer().text(ping(500))
    expect(seen).toEqual(['down: service-unavailable'])
  })

  it('keeps going through frames that make no sense', async () => {
    const { peer, seen } = await aSocketThatIsUp()

    for (const junk of ['', '{', 'null', '[]', '{"topic":"aws/chat","content":"{"}']) peer().text(junk)
    peer().text(aFrame(aRawItem()))

    // Each may have carried a message.
    expect(seen).toEqual([...Array.from({ length: 5 }, () => 'unreadable'), 'item'])
  })
})

describe('the end', () => {
  it('is told once, and closes the socket', async () => {
    const { peer, seen, clock, isClosed } = await aSocketThatIsUp()

    peer().gone('1006')
    peer().gone('again')
    await clock.advance(60_000)

    expect(seen).toEqual(['down: unreachable'])
    expect(isClosed()).toBe(true)
  })

  it('is not told to whoever closed it', async () => {
    const { socket, peer, seen, clock } = await aSocketThatIsUp()

    socket.close()
    peer().text(aFrame(aRawItem()))
    peer().gone('1000')
    await clock.advance(60_000)

    expect(seen).toEqual([])
  })
})
