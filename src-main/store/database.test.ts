import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEntries } from '#shared/entry.ts'
import { aMessage, ana, anAttachment, anEvent, anOutboxMessage, anUpload } from './testing/builders.ts'
import { aPendingMessage, aStoredChat, chatOf } from './testing/builders.ts'
import { inMemoryStore } from './testing/in-memory-store.ts'

describe('chats', () => {
  it('come back as they were saved, oldest first', async () => {
    const store = inMemoryStore()
    const later = aStoredChat({ chatId: chatOf('chat-bo'), startedAt: 2_000 })

    await store.saveChat(later)
    await store.saveChat(aStoredChat())
    await store.saveChat(aStoredChat({ unread: 7 }))

    expect(await store.loadChats()).toEqual([aStoredChat({ unread: 7 }), later])
  })

  it('keep their draft when they are saved again', async () => {
    const store = inMemoryStore()

    await store.saveChat(aStoredChat())
    await store.saveDraft(ana, 'Let me look')
    await store.saveChat(aStoredChat({ draft: 'an older text', unread: 0 }))

    expect(await store.loadChats()).toEqual([aStoredChat({ draft: 'Let me look', unread: 0 })])
  })

  it('that an earlier version saved with a field more are still read', async () => {
    const store = inMemoryStore()
    const earlier = { ...aStoredChat(), sourceId: 'practice' }

    await store.saveChat(earlier)

    expect(await store.loadChats()).toEqual([aStoredChat()])
  })

  it('leave nothing behind when they are removed', async () => {
    const store = inMemoryStore()
    await store.saveChat(aStoredChat())
    await store.saveDraft(ana, 'Let me look')
    await store.saveEntries(ana, { upserted: [aMessage()], removed: [] })
    await store.enqueue(anOutboxMessage())
    await store.saveUpload(anUpload())

    await store.removeChat(ana)

    expect(await store.loadChats()).toEqual([])
    expect(await store.loadEntries(ana)).toEqual([])
    expect(await store.loadOutbox(ana)).toEqual([])
    expect(await store.loadUploads(ana)).toEqual([])
    expect(await store.find(ana, 'order', 10)).toEqual([])
  })

  it('are not touched by the removal of another', async () => {
    const store = inMemoryStore()
    const bo = chatOf('chat-bo')
    await store.saveEntries(ana, { upserted: [aMessage()], removed: [] })
    await store.saveEntries(bo, { upserted: [aMessage()], removed: [] })

    await store.removeChat(bo)

    expect(await store.loadEntries(ana)).toEqual([aMessage()])
    expect(await store.find(ana, 'order', 10)).toEqual(['entry-1'])
  })
})

describe('entries', () => {
  it('come back in conversation order, pending messages last', async () => {
    const store = inMemoryStore()
    const pending = aPendingMessage({ id: 'mine', at: 10, seq: 9 })
    const file = anAttachment()

    await store.saveEntries(ana, { upserted: [pending, file, aMessage(), anEvent()], removed: [] })

    expect(await store.loadEntries(ana)).toEqual([anEvent(), aMessage(), file, pending])
  })

  it('are replaced by id and removed by id', async () => {
    const store = inMemoryStore()
    await store.saveEntries(ana, { upserted: [aMessage(), anEvent()], removed: [] })

    await store.saveEntries(ana, { upserted: [aMessage({ text: 'Hello?' })], removed: ['entry-event'] })

    expect(await store.loadEntries(ana)).toEqual([aMessage({ text: 'Hello?' })])
  })

  it('have the order of the shared model, whatever order they are saved in', async () => {
    const entry = fc
      .record({ id: fc.nat(30), at: fc.nat(5), seq: fc.nat(50), isMine: fc.boolean() })
      .map(({ id, isMine, ...rest }) =>
        isMine ? aPendingMessage({ id: `e${id}`, ...rest }) : aMessage({ id: `e${id}`, ...rest }),
      )
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(entry, { selector: ({ seq }) => seq }), async (entries) => {
        const store = inMemoryStore()
        const last = new Map(entries.map((each) => [each.id, each]))

        for (const each of entries) await store.saveEntries(ana, { upserted: [each], removed: [] })

        expect(await store.loadEntries(ana)).toEqual([...last.values()].sort(compareEntries))
      }),
      { numRuns: 30 },
    )
  })
})

describe('the outbox', () => {
  it('gives messages back in the order typed, with their state', async () => {
    const store = inMemoryStore()
    const first = anOutboxMessage({ entryId: 'b', seq: 1 })
    await store.enqueue(anOutboxMessage({ entryId: 'a', seq: 2 }))
    await store.enqueue(first)

    await store.saveOutboxState('b', { state: 'sending' })

    expect(await store.loadOutbox(ana)).toEqual([
      { ...first, state: { state: 'sending' } },
      anOutboxMessage({ entryId: 'a', seq: 2 }),
    ])
  })

  it('[L10] takes a message and leaves the rest of what is typed in one step', async () => {
    const store = inMemoryStore()
    await store.saveChat(aStoredChat())
    await store.saveDraft(ana, 'Let me look\nand then')

    await store.enqueue(anOutboxMessage({ content: 'Let me look' }), 'and then')

    expect([(await store.loadChats())[0]?.draft, (await store.loadOutbox(ana)).length]).toEqual([
      'and then',
      1,
    ])
  })

  it('settles a message together with its entry', async () => {
    const store = inMemoryStore()
    await store.enqueue(anOutboxMessage())

    await store.settle(ana, 'entry-out', { upserted: [aMessage({ id: 'entry-out' })], removed: [] })

    expect(await store.loadOutbox(ana)).toEqual([])
    expect(await store.loadEntries(ana)).toEqual([aMessage({ id: 'entry-out' })])
  })

  it('does not bring a settled message back when its state is saved late', async () => {
    const store = inMemoryStore()
    await store.enqueue(anOutboxMessage())
    await store.settle(ana, 'entry-out', { upserted: [], removed: [] })

    await store.saveOutboxState('entry-out', { state: 'sending' })

    expect(await store.loadOutbox(ana)).toEqual([])
  })
})

describe('the upload journal', () => {
  it('keeps the order of the uploads and their last phase', async () => {
    const store = inMemoryStore()
    await store.saveUpload(anUpload({ uploadId: 'z' }))
    await store.saveUpload(anUpload({ uploadId: 'a' }))

    await store.saveUpload(anUpload({ uploadId: 'z', phase: 'completing', attachmentId: 'file-1' }))

    expect(await store.loadUploads(ana)).toEqual([
      anUpload({ uploadId: 'z', phase: 'completing', attachmentId: 'file-1' }),
      anUpload({ uploadId: 'a' }),
    ])
  })

  it('forgets an upload that is removed', async () => {
    const store = inMemoryStore()
    await store.saveUpload(anUpload())

    await store.removeUpload('upload-1')

    expect(await store.loadUploads(ana)).toEqual([])
  })
})
