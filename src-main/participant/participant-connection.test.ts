import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { ConnectionWorld, minute, refused } from '../testing/connection-world.ts'
import { ServiceError } from './service-error.ts'

describe('dialling', () => {
  it('asks for a fresh URL and token every time', async () => {
    const { connection, clock, peers } = await ConnectionWorld.live()

    connection.dial()
    await clock.advance(0)

    expect(peers.map(({ url }) => url)).toEqual(['wss://1', 'wss://2'])
  })

  it('drops the late answer of an abandoned dial', async () => {
    const { connection, clock, peers } = new ConnectionWorld()

    connection.dial()
    connection.dial()
    await clock.advance(0)

    expect(peers).toHaveLength(1)
  })

  it('tells a refused participant token from any other trouble', async () => {
    const { connection, clock, seen, refusals } = new ConnectionWorld()
    refusals.push(refused, new ServiceError('unreachable', 'cut'))

    connection.dial()
    await clock.advance(0)
    connection.dial()
    await clock.advance(0)

    expect(seen).toEqual(['refused', 'down: unreachable'])
  })

  it('does not use a URL that got old while the computer slept', async () => {
    const { connection, clock, peers } = new ConnectionWorld()

    connection.dial()
    clock.jump(10 * minute)
    await clock.advance(0)

    expect(peers.map(({ url }) => url)).toEqual(['wss://2'])
  })
})

describe('rotation', () => {
  it('[L7] opens one successor when a silent socket is to be replaced in the middle of it', async () => {
    const world = await ConnectionWorld.live()
    let answer = (): void => undefined
    world.delays.push(new Promise((resolve) => (answer = resolve)))
    await world.live(59 * minute)

    world.connection.replaceSocket()
    await world.clock.advance(0)
    answer()
    await world.clock.advance(0)
    expect(world.peers).toHaveLength(2)

    await world.rise(1)
    expect(world.peers.map(({ isClosed }) => isClosed)).toEqual([true, false])
    expect(world.seen).toEqual(['up', 'up'])
    // And the next rotation is not forgotten.
    await world.live(59 * minute)
    expect(world.peers).toHaveLength(3)
  })

  it('brings a new socket up before the old one closes', async () => {
    const world = await ConnectionWorld.live()
    await world.live(59 * minute)
    expect(world.peers).toHaveLength(2)
    expect(world.peer(0).isClosed).toBe(false)

    await world.rise(1)

    expect(world.peer(0).isClosed).toBe(true)
    expect(world.seen).toEqual(['up', 'up'])
  })

  it('comes before the service ends the connection', async () => {
    const world = await ConnectionWorld.live({ socket: 10 * minute })

    await world.live(7.6 * minute)

    expect(world.peers).toHaveLength(2)
  })

  it('comes at 59 minutes when the service does not say when it ends', async () => {
    const world = await ConnectionWorld.live({ socket: null })

    await world.live(58.9 * minute)
    expect(world.peers).toHaveLength(1)

    await world.live(8000)
    expect(world.peers).toHaveLength(2)
  })

  it('that fails leaves the old socket in place and is tried again', async () => {
    const world = await ConnectionWorld.live()
    world.refusals.push(new ServiceError('unreachable', 'cut'))

    await world.live(59 * minute)
    expect(world.peers).toHaveLength(1)
    expect(world.seen).toEqual(['up'])

    await world.live(15_000)
    expect(world.peers).toHaveLength(2)
  })

  it('hears both sockets while they overlap', async () => {
    const world = await ConnectionWorld.live()
    await world.live(59 * minute)
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
    const world = await ConnectionWorld.live()
    await world.live(59 * minute)
    await world.rise(1)

    world.peer(1).listener.gone('1006')

    expect(world.seen).toEqual(['up', 'up', 'down: unreachable'])
  })
})

describe('the connection token', () => {
  it('is renewed a minute before it ends', async () => {
    const world = await ConnectionWorld.live({ credentials: 20 * minute })

    await world.live(18 * minute)
    expect(world.wanted).toHaveLength(1)

    await world.live(2 * minute)
    expect(world.wanted[1]).toBe('CONNECTION_CREDENTIALS')
  })

  it('is renewed once when it is refused, for all callers together', async () => {
    const { connection, clock, used, wanted, refusedTokens } = await ConnectionWorld.live()
    refusedTokens.add('token 1')
    const message = { contentType: 'text/plain', content: 'x', clientToken: 'c' }

    const both = Promise.all([connection.calls.sendMessage(message), connection.calls.sendMessage(message)])
    await clock.advance(0)
    await both

    expect(wanted).toEqual(['WEBSOCKET+CONNECTION_CREDENTIALS', 'CONNECTION_CREDENTIALS'])
    expect(used).toEqual(['token 1', 'token 1', 'token 2', 'token 2'])
  })

  it('that is refused anew is refused for good', async () => {
    const { connection, refusedTokens } = await ConnectionWorld.live()
    refusedTokens.add('token 1').add('token 2')

    const sent = connection.calls.sendMessage({ contentType: 'text/plain', content: 'x', clientToken: 'c' })

    await expect(sent).rejects.toMatchObject({ failure: { code: 'denied', status: 403 } })
  })

  it('that cannot be renewed is no verdict on the message', async () => {
    const world = await ConnectionWorld.live()
    world.refusedTokens.add('token 1')
    world.refusals.push(refused)

    const sent = world.connection.calls.sendMessage({
      contentType: 'text/plain',
      content: 'x',
      clientToken: 'c',
    })

    await expect(sent).rejects.toMatchObject({ failure: { code: 'unreachable' } })
    expect(world.seen).toEqual(['up', 'refused'])
  })

  it('that is refused when the line has been dialled anew means nothing', async () => {
    const world = await ConnectionWorld.live()
    const { connection, clock } = world
    let answer: () => void = () => undefined
    const late = new Promise<void>((resolve) => (answer = resolve))
    world.refusedTokens.add('token 1')
    world.refusals.push(refused)
    world.delays.push(late)
    const sent = connection.calls.sendMessage({ contentType: 'text/plain', content: 'x', clientToken: 'c' })
    sent.catch(() => undefined)
    await clock.advance(0)
    connection.dial()
    await clock.advance(0)
    await world.rise(1)

    answer()
    await clock.advance(0)

    expect(world.seen).toEqual(['up', 'up'])
    expect(world.peer(1).isClosed).toBe(false)
  })

  it('cannot be used once it is forgotten', async () => {
    const { connection } = await ConnectionWorld.live()
    connection.forget()

    const sent = connection.calls.sendMessage({ contentType: 'text/plain', content: 'x', clientToken: 'c' })

    await expect(sent).rejects.toBeInstanceOf(DeskError)
  })
})
