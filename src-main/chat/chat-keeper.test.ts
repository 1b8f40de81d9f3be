import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { ana, aMessage, anOutboxMessage, aPendingMessage, aStoredChat } from '../store/testing/builders.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { MemoryStore } from '../testing/memory-store.ts'
import { ChatKeeper } from './chat-keeper.ts'

function aKeeper() {
  const clock = new ManualClock()
  const store = new MemoryStore()
  const troubles: (string | null)[] = []
  const keeper = new ChatKeeper(
    { clock, store, trouble: (failure) => troubles.push(failure?.code ?? null) },
    ana,
  )
  return { clock, store, troubles, keeper }
}

const nothing = { upserted: [], removed: [], settled: [] }

describe('the keeper', () => {
  it('writes entries before the chat that vouches for them', async () => {
    const { store, keeper } = aKeeper()
    // The first save of a chat is synced, with all it holds.
    keeper.save({ ...nothing, chat: aStoredChat({ lastServiceId: null }) })
    await keeper.flush()

    keeper.save({ ...nothing, upserted: [aMessage()], chat: aStoredChat({ lastServiceId: 'service-1' }) })
    await keeper.flush()
    store.crash(1)

    expect(await store.loadEntries(ana)).toHaveLength(1)
    expect(await store.loadChats()).toMatchObject([{ lastServiceId: null }])
  })

  it('takes a message out of the outbox together with its entry', async () => {
    const { store, keeper } = aKeeper()
    await store.enqueue(anOutboxMessage({ entryId: 'own-1' }))

    keeper.save({
      ...nothing,
      upserted: [aMessage({ id: 'own-1' })],
      settled: ['own-1'],
      chat: aStoredChat(),
    })
    await keeper.flush()
    store.crash(0)

    expect(await store.loadOutbox(ana)).toEqual([])
    expect(await store.loadEntries(ana)).toMatchObject([{ id: 'own-1' }])
  })

  it('leaves pending entries to the outbox', async () => {
    const { store, keeper } = aKeeper()

    keeper.save({ ...nothing, upserted: [aPendingMessage({ id: 'own-1' })], chat: aStoredChat() })
    await keeper.flush()

    expect(await store.loadEntries(ana)).toEqual([])
  })

  it('writes nothing once it is closed, however often it failed before', async () => {
    const { clock, store, keeper } = aKeeper()
    store.break(new DeskError('disk-full', 'full'))
    keeper.save({ ...nothing, upserted: [aMessage()], chat: aStoredChat() })
    await keeper.close()
    store.break(null)

    keeper.save({ ...nothing, upserted: [aMessage()], chat: aStoredChat() })
    await clock.advance(10_000)

    expect(await store.loadChats()).toEqual([])
    expect(await keeper.kept()).toBe(false)
  })

  it('says when the disk takes nothing, tries again, and says when it does', async () => {
    const { clock, store, keeper, troubles } = aKeeper()
    store.break(new DeskError('disk-full', 'The disk is full.'))
    keeper.save({ ...nothing, upserted: [aMessage()], chat: aStoredChat() })
    await keeper.flush()
    await clock.advance(10_000)
    expect(troubles).toContain('disk-full')

    store.break(null)
    await clock.advance(3000)

    expect(troubles.at(-1)).toBeNull()
    expect(await store.loadEntries(ana)).toHaveLength(1)
  })

  it('writes the newest of what changed meanwhile', async () => {
    const { store, keeper } = aKeeper()
    keeper.save({ ...nothing, upserted: [aMessage({ text: 'first' })], chat: aStoredChat() })
    keeper.save({ ...nothing, upserted: [aMessage({ text: 'second' })], chat: aStoredChat({ unread: 7 }) })

    await keeper.flush()

    expect(await store.loadEntries(ana)).toMatchObject([{ body: { text: 'second' } }])
    expect((await store.loadChats())[0]?.unread).toBe(7)
  })

  it('forgets what went away', async () => {
    const { store, keeper } = aKeeper()
    keeper.save({ ...nothing, upserted: [aMessage({ id: 'a' }), aMessage({ id: 'b' })], chat: aStoredChat() })
    keeper.save({ ...nothing, removed: ['a'], chat: aStoredChat() })

    await keeper.flush()

    expect((await store.loadEntries(ana)).map(({ id }) => id)).toEqual(['b'])
  })
})
