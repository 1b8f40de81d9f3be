import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import type { Change, Patch, Snapshot } from '#shared/model.ts'
import { aChat, aChatId, aMessage, anOffer, anUpload, aSnapshot } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { useInbox } from './inbox.ts'
import { startMirror } from './mirror.ts'
import { useTimelines } from './timelines.ts'

/** A main process whose snapshots are answered by hand. */
class Source {
  readonly waiting: { resolve: (snapshot: Snapshot) => void; reject: (error: Error) => void }[] = []
  push: (patch: Patch) => void = () => undefined
  isStopped = false

  onPatch = (listener: (patch: Patch) => void): (() => void) => {
    this.push = listener
    return () => (this.isStopped = true)
  }

  snapshot = async (): Promise<Snapshot> =>
    new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject })
    })

  async answer(part: Partial<Snapshot>): Promise<void> {
    this.waiting.shift()?.resolve(aSnapshot(part))
    await flushPromises()
  }
}

function rename(customer: string): Change {
  return { kind: 'chat', chat: aChat({ customer }) }
}

describe('mirror', () => {
  let source: Source
  let inbox: ReturnType<typeof useInbox>
  let timelines: ReturnType<typeof useTimelines>
  const nameOf = (): string | undefined => inbox.chats.get(aChatId())?.customer

  beforeEach(() => {
    setActivePinia(createPinia())
    source = new Source()
    inbox = useInbox()
    timelines = useTimelines()
  })

  it('shows the snapshot, then follows the patches', async () => {
    void startMirror(source, { inbox, timelines })
    await source.answer({ revision: 4, chats: [aChat()] })

    source.push({ revision: 5, changes: [rename('Amara'), { kind: 'offers', offers: [anOffer()] }] })

    expect(nameOf()).toBe('Amara')
    expect(inbox.offers).toHaveLength(1)
  })

  it('holds patches that come before the snapshot and drops those it contains', async () => {
    void startMirror(source, { inbox, timelines })
    source.push({ revision: 4, changes: [rename('too old')] })
    source.push({ revision: 6, changes: [rename('newest')] })

    await source.answer({ revision: 5, chats: [aChat()] })

    expect(nameOf()).toBe('newest')
  })

  it('ignores a patch it has seen', async () => {
    void startMirror(source, { inbox, timelines })
    await source.answer({ revision: 4, chats: [aChat()] })
    source.push({ revision: 5, changes: [rename('first')] })

    source.push({ revision: 5, changes: [rename('again')] })

    expect(nameOf()).toBe('first')
  })

  it('takes a fresh snapshot when a number is missing', async () => {
    void startMirror(source, { inbox, timelines })
    await source.answer({ revision: 4, chats: [aChat()] })

    source.push({ revision: 7, changes: [rename('after the gap')] })
    source.push({ revision: 8, changes: [rename('later')] })
    await source.answer({ revision: 7, chats: [aChat({ customer: 'fresh' })] })

    expect(nameOf()).toBe('later')
  })

  it('asks for the timelines on screen again after a gap', async () => {
    const desk = new FakeDesk()
    void startMirror(source, { inbox, timelines })
    await source.answer({ revision: 4, chats: [aChat()] })
    await timelines.watch(aChatId())
    desk.answer('timeline.watch', () => ({ entries: [aMessage({ id: 'missed' })], hasOlder: false }))

    source.push({ revision: 9, changes: [] })
    await source.answer({ revision: 9, chats: [aChat()] })

    expect(timelines.shown.get(aChatId())?.entries.map(({ id }) => id)).toEqual(['missed'])
  })

  it('asks once more when the snapshot is already behind what arrived', async () => {
    void startMirror(source, { inbox, timelines })
    source.push({ revision: 9, changes: [rename('ahead')] })

    await source.answer({ revision: 5, chats: [aChat()] })
    await source.answer({ revision: 9, chats: [aChat({ customer: 'caught up' })] })

    expect(nameOf()).toBe('caught up')
  })

  it('tries again with the next patch when a snapshot after a gap fails', async () => {
    const failures: unknown[] = []
    void startMirror(source, { inbox, timelines }, (error) => failures.push(error))
    await source.answer({ revision: 1, chats: [aChat()] })
    source.push({ revision: 3, changes: [] })
    source.waiting.shift()?.reject(new DeskError('internal', 'No.'))
    await flushPromises()

    source.push({ revision: 4, changes: [rename('lost')] })
    await source.answer({ revision: 4, chats: [aChat({ customer: 'found' })] })

    expect(failures).toHaveLength(1)
    expect(nameOf()).toBe('found')
  })

  it('forgets what a fresh snapshot no longer has', async () => {
    void startMirror(source, { inbox, timelines })
    await source.answer({ revision: 1, chats: [aChat()], uploads: [anUpload()] })

    source.push({ revision: 3, changes: [] })
    await source.answer({ revision: 3, chats: [aChat({ chatId: 'jonas' })] })

    expect([...inbox.chats.keys()]).toEqual(['jonas'])
    expect(inbox.uploads.size).toBe(0)
  })

  it('removes a chat together with its uploads', async () => {
    void startMirror(source, { inbox, timelines })
    await source.answer({ revision: 1, chats: [aChat()], uploads: [anUpload()] })

    source.push({ revision: 2, changes: [{ kind: 'chat-removed', chatId: aChatId() }] })

    expect(inbox.chats.size + inbox.uploads.size).toBe(0)
  })
})
