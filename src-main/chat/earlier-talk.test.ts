import { describe, expect, it } from 'vitest'
import { CalmWorld } from '../testing/calm-world.ts'

const rehydrated = {
  Id: 'rehydrated-1',
  AbsoluteTime: '2026-01-05T09:00:01.000Z',
  Type: 'EVENT',
  ContentType: 'application/vnd.amazonaws.connect.event.chat.rehydrated',
  InitialContactId: 'contact-1',
  ContactId: 'contact-1',
}

/** Said in a chat that ended days ago. */
const earlier = (index: number) => ({
  Id: `past-${index}`,
  AbsoluteTime: new Date(Date.UTC(2026, 0, 1, 9, 0, index)).toISOString(),
  Type: 'MESSAGE',
  ContentType: 'text/plain',
  Content: `earlier ${index}`,
  ParticipantId: 'customer-1',
  DisplayName: 'Ana',
  ParticipantRole: 'CUSTOMER',
  RelatedContactId: 'contact-0',
})

const events = (world: CalmWorld) =>
  world.chat
    .entries()
    .flatMap((entry) => (entry.kind === 'event' && entry.event !== 'joined' ? [entry.event] : []))

describe('an earlier conversation that can be read now', () => {
  it('is read to its beginning, and only then announced', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('now')
    world.service.room.items.unshift(...Array.from({ length: 150 }, (_, index) => earlier(index)))

    world.service.tell(rehydrated)
    await world.pass(500)
    expect(events(world)).toEqual([])
    await world.pass(10_000)

    expect(world.texts()).toHaveLength(151)
    expect(world.texts()[0]).toBe('earlier 0')
    expect(events(world)).toEqual(['rehydrated'])
    expect(world.chat.summary().unread).toBe(1)
  })

  it('is not announced when there was nothing to read', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('now')

    world.service.tell(rehydrated)
    await world.pass(10_000)

    expect(world.texts()).toEqual(['now'])
    expect(events(world)).toEqual([])
  })

  it('is read after a restart when the app stopped before', async () => {
    const world = await CalmWorld.live()
    await world.customerSays('now')
    world.service.room.items.unshift(earlier(0))

    world.service.tell(rehydrated)
    await world.pass(500)

    expect((await world.store.loadChats())[0]?.lastServiceId).toBeNull()
  })
})
