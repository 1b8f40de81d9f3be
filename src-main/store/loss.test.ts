import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationStore } from './conversation-store.ts'
import { ana, anOutboxMessage, aStoredChat } from './testing/builders.ts'
import { StoreFolder } from './testing/store-folder.ts'
import { bundleStoreWorker } from './testing/worker-bundle.ts'
import type { WorkerBundle } from './testing/worker-bundle.ts'

let bundle: WorkerBundle
let stores: StoreFolder

beforeAll(async () => {
  bundle = await bundleStoreWorker()
})

afterAll(() => bundle.remove())

beforeEach(() => {
  stores = new StoreFolder(bundle.url)
})

afterEach(() => stores.remove())

const all = { conversations: 1, drafts: 1, messages: 1, files: 0 }

/** What a kill leaves: a database whose latest changes are in its log alone. */
async function leaveKilled(): Promise<void> {
  const { store } = await stores.open()
  await store.saveChat(aStoredChat())
  await store.saveDraft(ana, 'Let me look')
  await store.enqueue(anOutboxMessage())
  for (const suffix of ['', '-wal', '.counts'])
    copyFileSync(stores.file + suffix, `${stores.folder}/left${suffix}`)
  await store.close()
  for (const suffix of ['', '-wal', '.counts']) {
    const left = `${stores.folder}/left${suffix}`
    if (existsSync(left)) copyFileSync(left, stores.file + suffix)
  }
}

describe('a database that lost something', () => {
  it.each([
    ['is gone', () => ['', '-wal'].forEach((suffix) => rmSync(stores.file + suffix, { force: true }))],
    ['lost its log', () => rmSync(`${stores.file}-wal`)],
    ['has noise for a log', () => writeFileSync(`${stores.file}-wal`, Buffer.alloc(9_000, 'x7$'))],
  ])('[L15] says what was lost when it %s', async (_name, damage) => {
    await leaveKilled()
    damage()

    const { store, opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'opened', lost: all })
    expect(await store.loadChats()).toEqual([])
  })

  it('[L15] says what was lost with the end of its log', async () => {
    await leaveKilled()
    const bytes = readFileSync(`${stores.file}-wal`).length
    truncateSync(`${stores.file}-wal`, bytes - 100)

    const { opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'opened', lost: { conversations: 0, drafts: 0, messages: 1 } })
  })

  it.each([
    ['is empty', () => truncateSync(stores.file, 0)],
    ['is gone', () => rmSync(stores.file)],
  ])('[L15] is filled again from its log when the file %s', async (_name, damage) => {
    await leaveKilled()
    damage()

    const { store, opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'replaced', reason: 'damaged', lost: null })
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage()])
    expect(await store.loadChats()).toMatchObject([{ draft: 'Let me look' }])
  })

  it.each([
    ['a draft was sent', (store) => store.enqueue(anOutboxMessage({ entryId: 'entry-2' }), '')],
    ['a message arrived', (store) => store.settle(ana, 'entry-1', { upserted: [], removed: [] })],
    ['a chat was removed', (store) => store.removeChat(ana)],
  ] satisfies [string, (store: ConversationStore) => Promise<void>][])(
    '[L1] [L15] tells of no loss when the end came after %s and before that was counted',
    async (_name, takeAway) => {
      await leaveKilled()
      const older = readFileSync(`${stores.file}.counts`)
      const { store } = await stores.open()
      await takeAway(store)
      await store.close()
      writeFileSync(`${stores.file}.counts`, older)

      expect((await stores.open()).opening).toEqual({ state: 'opened', isNew: false, lost: null })
    },
  )

  it('[L15] believes a note of a version that did not count changes', async () => {
    await leaveKilled()
    writeFileSync(`${stores.file}.counts`, JSON.stringify({ ...all, drafts: 2 }))

    expect((await stores.open()).opening).toMatchObject({ lost: { drafts: 1 } })
  })

  it('[L15] says it once', async () => {
    await leaveKilled()
    rmSync(`${stores.file}-wal`)
    const first = await stores.open()
    await first.store.close()

    expect((await stores.open()).opening).toEqual({ state: 'opened', isNew: false, lost: null })
  })

  it('[L15] counts nothing of an instance that lives no longer than a run', async () => {
    const { store } = await stores.open({ passing: ['practice'] })
    await store.saveChat(aStoredChat({ instanceId: 'practice' }))
    await store.saveDraft(ana, 'Let me look')
    await store.close()
    rmSync(stores.file)

    expect((await stores.open({ passing: ['practice'] })).opening).toMatchObject({ lost: null })
  })
})
