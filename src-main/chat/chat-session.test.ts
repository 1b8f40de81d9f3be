import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { CalmWorld } from '../testing/calm-world.ts'

describe('a chat', () => {
  it('is live once it is connected and has read what was there', async () => {
    const world = await CalmWorld.live({ history: 7 })

    expect(world.chat.summary()).toMatchObject({
      link: { phase: 'live' },
      contactId: 'contact-1',
      customer: 'Ana',
    })
    expect(world.texts()).toHaveLength(7)
  })

  it('tells of everything that changed in one tick at once', async () => {
    const world = await CalmWorld.live()
    let changes = 0
    const apply = world.mirror.apply.bind(world.mirror)
    world.mirror.apply = (change) => {
      if (change.upserted.length > 0) changes += 1
      apply(change)
    }
    world.service.network.faults.duplicating = true

    await world.customerSays('one')

    expect(changes).toBe(1)
  })

  it('says of a message why it is still being sent', async () => {
    const world = await CalmWorld.live()
    world.service.network.faults.errorStatus = 429

    const entryId = await world.agentSays('hello')
    await world.pass(20_000)
    const delivery = () => {
      const entry = world.chat.entries().find(({ id }) => id === entryId)
      return entry?.kind === 'message' ? entry.delivery : null
    }

    expect(delivery()).toEqual({ state: 'sending', trouble: 'throttled' })
    world.service.network.faults.errorStatus = null
    await world.pass(30_000)
    expect(delivery()).toMatchObject({ state: 'sent' })
  })

  it('counts as unread what the customer says, until it was seen', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('one', 'two', 'three')
    expect(world.chat.summary().unread).toBe(3)

    const second = world.chat.entries().at(-2)
    world.chat.seen(second?.id ?? '')
    expect(world.chat.summary().unread).toBe(1)
  })

  it('opens with what nobody has answered as unread', async () => {
    const world = await CalmWorld.live({ history: 6 })

    // Every third message of the history is an agent's; two of the customer's follow the last.
    expect(world.chat.summary().unread).toBe(2)
  })

  it('says who has to speak, and since when', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('hello')
    const asked = world.clock.now()
    await world.pass(30_000)
    await world.customerSays('anybody?')
    expect(world.chat.summary().turn.waitingFor).toBe('agent')
    expect(Math.abs(world.chat.summary().turn.since - asked)).toBeLessThan(1200)

    await world.agentSays('here I am')
    expect(world.chat.summary()).toMatchObject({
      turn: { waitingFor: 'customer' },
      preview: { who: 'you', text: 'here I am' },
    })
    expect(world.chat.summary().firstReplyAt).not.toBeNull()
  })

  it('keeps waiting times right on a computer whose clock is a day off', async () => {
    const world = await CalmWorld.live({ clientSkew: -86_400_000 })

    await world.customerSays('hello')
    await world.pass(10_000)

    const waited = world.clock.now() - world.chat.summary().turn.since
    expect(waited).toBeGreaterThan(9000)
    expect(waited).toBeLessThan(12_000)
  })

  it('shows that the customer types, for twelve seconds', async () => {
    const world = await CalmWorld.live()
    world.service.tell(
      world.service.room.happen('typing', {
        ParticipantId: 'customer-1',
        DisplayName: 'Ana',
        ParticipantRole: 'CUSTOMER',
      }),
    )
    await world.pass(100)
    expect(world.chat.summary().typingUntil).not.toBeNull()

    await world.pass(12_000)
    expect(world.chat.summary().typingUntil).toBeNull()
  })

  it('keeps a draft', async () => {
    const world = await CalmWorld.live()

    await Promise.all([world.chat.saveDraft('Dear An'), world.pass(100)])

    expect(world.chat.summary().draft).toBe('Dear An')
    expect((await world.store.loadChats())[0]?.draft).toBe('Dear An')
  })
})

describe('after an outage', () => {
  it('says how many messages arrived meanwhile, before the first of them', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('before')

    await world.outage('first', 'second', 'third')

    const kinds = world.chat
      .entries()
      .map((entry) => (entry.kind === 'message' && 'text' in entry.body ? entry.body.text : entry.kind))
    expect(kinds).toEqual(['event', 'before', 'gap', 'first', 'second', 'third'])
    expect(world.chat.entries()[2]).toMatchObject({ count: 3 })
    expect(world.chat.summary().unread).toBe(4)
  })

  it('says nothing when nothing was missed', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('before')

    await world.outage()

    expect(world.chat.entries().map(({ kind }) => kind)).toEqual(['event', 'message'])
  })

  it('says what arrived while the app was not running', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('before')
    await world.pass(1000)
    await world.crash(99)
    world.service.room.say('while you were out', {
      ParticipantId: 'customer-1',
      DisplayName: 'Ana',
      ParticipantRole: 'CUSTOMER',
    })

    await world.start()
    await world.pass(2000)

    expect(world.chat.entries().map(({ kind }) => kind)).toEqual(['event', 'message', 'gap', 'message'])
  })

  it('is live and complete within three seconds of the computer waking up', async () => {
    const world = await CalmWorld.live({ slowest: 100 })
    await world.act({ after: 0, do: 'sleep', lasting: 3_600_000, told: true })
    await world.customerSays('good morning')

    await world.pass(2900)

    expect(world.chat.summary().link.phase).toBe('live')
    expect(world.texts()).toEqual(['good morning'])
  })
})

describe('proof', () => {
  it('[L7] moves on with every reading and nothing else, and stands still while not live', async () => {
    const world = await CalmWorld.live()
    const early = world.chat.summary().completeUpTo ?? 0
    await world.pass(15_000)
    expect(world.chat.summary().completeUpTo).toBe(early)
    await world.pass(60_000)
    const late = world.chat.summary().completeUpTo ?? 0
    expect(late - early).toBeGreaterThan(30_000)

    world.service.network.faults.reach = 'refused'
    world.service.sockets.drop('1006')
    await world.pass(60_000)
    expect(world.chat.summary().completeUpTo).toBe(late)
  })

  it('is never ahead of the service', async () => {
    const world = await CalmWorld.live({ clientSkew: 3_600_000 })

    await world.pass(60_000)

    expect(world.chat.summary().completeUpTo).toBeLessThanOrEqual(world.service.room.now())
  })
})

describe('a message of the agent', () => {
  it('of more characters than the limit is refused with both figures', async () => {
    const world = await CalmWorld.live()

    await expect(world.chat.send({ text: '€'.repeat(1025), contentType: 'text/plain' })).rejects.toThrow(
      'The message has 1025 characters. 1024 are allowed.',
    )
  })

  it('may have as many emoji as the limit has characters', async () => {
    const world = await CalmWorld.live()

    await world.agentSays('🙂'.repeat(1024))

    expect(world.chat.summary().outbox.waiting).toBe(0)
  })

  it('that the disk does not take is not called queued and stays with the agent', async () => {
    const world = await CalmWorld.live()
    world.store.break(new DeskError('disk-full', 'The disk is full.'))

    const sent = world.chat.send({ text: 'hello', contentType: 'text/plain' })
    await Promise.all([
      expect(sent).rejects.toMatchObject({ failure: { code: 'disk-full' } }),
      world.pass(100),
    ])

    expect(world.texts()).toEqual([])
    expect(world.chat.summary().outbox).toEqual({ waiting: 0, failed: 0 })
  })

  it('teaches which voice is ours when nobody told', async () => {
    const world = await CalmWorld.live({ knowsOwnId: false })

    await world.agentSays('hello')

    expect(world.chat.entries().at(-1)).toMatchObject({ sender: { own: true, participantId: 'agent-1' } })
    expect(world.chat.entries()).toHaveLength(2)
  })

  it('can be found again', async () => {
    const world = await CalmWorld.live()
    const entryId = await world.agentSays('The parcel is at the depot.')
    await world.pass(100)

    await expect(world.chat.find('depot')).resolves.toEqual([entryId])
  })
})
