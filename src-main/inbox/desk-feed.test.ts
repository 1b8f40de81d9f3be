import { describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import { ChatId, type Patch } from '#shared/model.ts'
import { DeskFeed } from './desk-feed.ts'

const chatId = ChatId.parse('chat-1')

function anEntry(id: string, text = id): Entry {
  return {
    kind: 'message',
    id,
    serviceId: id,
    at: 1,
    seq: 1,
    previousContactId: null,
    sender: { role: 'customer', own: false, name: 'Ana', participantId: null },
    body: { kind: 'text', text },
    delivery: null,
    streaming: false,
  }
}

function aFeed(): { feed: DeskFeed; patches: Patch[]; tick: () => void } {
  const patches: Patch[] = []
  let due: (() => void) | null = null
  const clock = {
    now: () => 0,
    uptime: () => 0,
    after: (_wait: number, run: () => void) => {
      due = run
      return () => {
        due = null
      }
    },
  }
  const feed = new DeskFeed(clock, (patch) => patches.push(patch))
  return { feed, patches, tick: () => due?.() }
}

const timeline = (upserted: readonly Entry[], removed: readonly string[] = []) =>
  ({ kind: 'timeline', chatId, upserted, removed, hasOlder: false }) as const

describe('the desk feed', () => {
  it('sends what happens together as one numbered patch', () => {
    const { feed, patches, tick } = aFeed()

    feed.publish({ kind: 'notices', notices: [] })
    feed.publish({ kind: 'offers', offers: [] })
    tick()

    expect(patches.map(({ revision, changes }) => [revision, changes.length])).toEqual([[1, 2]])
  })

  it('keeps the newest of a thing that changed twice', () => {
    const { feed, patches } = aFeed()

    feed.publish({ kind: 'window', window: { isMaximized: false, isFocused: false, isAway: false } })
    feed.publish({ kind: 'window', window: { isMaximized: true, isFocused: false, isAway: false } })
    feed.flush()

    expect(patches[0]?.changes).toEqual([
      { kind: 'window', window: { isMaximized: true, isFocused: false, isAway: false } },
    ])
  })

  it('merges timeline changes of one chat, the later text winning', () => {
    const { feed, patches } = aFeed()

    feed.publish(timeline([anEntry('a'), anEntry('b')]))
    feed.publish(timeline([anEntry('a', 'changed'), anEntry('c')], ['b']))
    feed.flush()

    expect(patches[0]?.changes).toEqual([timeline([anEntry('a', 'changed'), anEntry('c')], ['b'])])
  })

  it('forgets the removal of an entry that came back', () => {
    const { feed, patches } = aFeed()

    feed.publish(timeline([], ['a']))
    feed.publish(timeline([anEntry('a')]))
    feed.flush()

    expect(patches[0]?.changes).toEqual([timeline([anEntry('a')])])
  })

  it('drops what a removed chat still had to say', () => {
    const { feed, patches } = aFeed()

    feed.publish(timeline([anEntry('a')]))
    feed.publish({ kind: 'chat-removed', chatId })
    feed.flush()

    expect(patches[0]?.changes).toEqual([{ kind: 'chat-removed', chatId }])
  })

  it('says nothing when nothing happened', () => {
    const { feed, patches } = aFeed()

    feed.flush()

    expect(patches).toEqual([])
    expect(feed.revision).toBe(0)
  })
})
