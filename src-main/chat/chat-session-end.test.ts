import { describe, expect, it } from 'vitest'
import { CalmWorld } from '../testing/calm-world.ts'

describe('the end', () => {
  it('comes from the service, after the whole conversation was read', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('goodbye')

    await world.act({ after: 0, do: 'end' })
    await world.pass(2000)

    expect(world.chat.summary().link).toMatchObject({ phase: 'ended', reason: 'completed' })
    expect((await world.store.loadChats())[0]).toMatchObject({ endReason: 'completed' })
  })

  it('comes from the agent, once what was typed has gone out', async () => {
    const world = await CalmWorld.live()
    const sent = world.chat.send({ text: 'goodbye', contentType: 'text/plain' })

    const ended = world.chat.end()
    await world.pass(2000)
    await Promise.all([sent, ended])

    expect(world.chat.summary().link).toMatchObject({ phase: 'ended' })
    expect(world.service.room.items.map((item) => item['Content'])).toContain('goodbye')
  })

  it('waits for messages that cannot go out, and says so', async () => {
    const world = await CalmWorld.live()
    world.service.network.faults.errorStatus = 500
    const sent = world.chat.send({ text: 'goodbye', contentType: 'text/plain' })

    const ended = expect(world.chat.end()).rejects.toThrow('1 message is still waiting')
    await world.pass(15_000)
    await Promise.all([sent, ended])

    expect(world.chat.summary().link.phase).not.toBe('ended')
  })

  it('fails what was still waiting, visibly', async () => {
    const world = await CalmWorld.live()
    world.service.network.faults.reach = 'silent'
    const sent = world.chat.send({ text: 'too late', contentType: 'text/plain' })
    await world.pass(100)
    await sent
    world.service.room.end()
    world.service.network.faults.reach = 'fine'

    await world.pass(60_000)

    expect(world.chat.summary()).toMatchObject({
      link: { phase: 'ended' },
      outbox: { waiting: 0, failed: 1 },
    })
    await expect(world.chat.send({ text: 'more', contentType: 'text/plain' })).rejects.toMatchObject({
      failure: { code: 'chat-ended' },
    })
  })

  it('is not believed because somebody else was transferred', async () => {
    const world = await CalmWorld.live()

    await world.act({ after: 0, do: 'transfer-note' })
    await world.pass(5000)

    expect(world.chat.summary().link.phase).toBe('live')
  })

  it('stays the end after a restart', async () => {
    const world = await CalmWorld.live()
    await world.act({ after: 0, do: 'end' })
    await world.pass(2000)
    await world.crash(99)

    await world.start()
    await world.pass(10_000)

    expect(world.chat.summary().link).toMatchObject({ phase: 'ended', reason: 'completed' })
    expect(world.service.sockets.open).toBe(0)
  })
})
