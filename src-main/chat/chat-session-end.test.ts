import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { CalmWorld } from '../testing/calm-world.ts'
import { chatId } from '../testing/simulation/app.ts'
import { customer } from '../testing/simulation/simulated-room.ts'

describe('the end', () => {
  it('comes from the service, after the whole conversation was read', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('goodbye')

    await world.act({ after: 0, do: 'end' })
    await world.pass(2000)

    expect(world.chat.summary().link).toMatchObject({ phase: 'ended', reason: 'completed' })
    expect((await world.store.loadChats())[0]).toMatchObject({ endReason: 'completed' })
  })

  it('is read however long the network takes to come back', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('before')
    world.service.room.say('the last words', customer)
    world.service.network.faults.errorStatus = 503
    await world.act({ after: 0, do: 'end' })
    await world.pass(10 * 60_000)
    expect(world.texts()).toEqual(['before'])
    expect(world.tokens.kept().connection).not.toBeNull()

    world.service.network.faults.errorStatus = null
    await world.pass(6000)

    expect(world.texts()).toEqual(['before', 'the last words'])
    expect(world.tokens.kept().connection).toBeNull()
  })

  it('is read in spite of an accidental refusal', async () => {
    const world = await CalmWorld.live()
    world.service.room.say('the last words', customer)
    await world.act({ after: 0, do: 'refuse-once' })

    await world.act({ after: 0, do: 'end' })
    await world.pass(3000)

    expect(world.texts()).toEqual(['the last words'])
  })

  it('is not read for ever against refusals', async () => {
    const world = await CalmWorld.live({ graceAfterEnd: 0 })

    await world.act({ after: 0, do: 'end' })
    await world.pass(3000)

    expect(world.tokens.kept().connection).toBeNull()
    expect((await world.store.loadChats())[0]).toMatchObject({ endReason: 'completed' })
  })

  it('that came while the app was away is read with the token kept from before', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('before')
    await world.crash(99)
    world.service.room.say('the last words', customer)
    world.service.room.end()

    await world.start()
    await world.pass(5000)

    expect(world.texts()).toEqual(['before', 'the last words'])
    expect(world.chat.summary().link).toMatchObject({ phase: 'ended', reason: 'completed' })
    expect(world.tokens.kept().connection).toBeNull()
  })

  it('is not final when the app quits before it was read', async () => {
    const world = await CalmWorld.live()
    world.service.network.faults.errorStatus = 503
    world.service.room.say('the last words', customer)
    await world.act({ after: 0, do: 'end' })
    await world.pass(2000)

    const closed = world.chat.close()
    await world.pass(2000)
    await closed
    expect((await world.store.loadChats())[0]).toMatchObject({ endedAt: null })
    await world.crash(99)
    world.service.network.faults.errorStatus = null
    await world.start()
    await world.pass(5000)

    expect(world.texts()).toEqual(['the last words'])
  })

  it('forgets the tokens only when what was read is on the disk', async () => {
    const world = await CalmWorld.live()
    world.store.break(new DeskError('disk-full', 'The disk is full.'))
    await world.customerSays('the last words')
    await world.act({ after: 0, do: 'end' })
    await world.pass(5000)
    expect(world.tokens.kept().connection).not.toBeNull()

    world.store.break(null)
    await world.pass(3000)
    await world.crash(0)

    expect(world.tokens.kept().connection).toBeNull()
    expect(await world.store.loadEntries(chatId)).not.toHaveLength(0)
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
