import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationStore } from './conversation-store.ts'
import { aMessage, ana, anOutboxMessage, aStoredChat } from './testing/builders.ts'
import { canary, StoreFolder } from './testing/store-folder.ts'
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

describe('a store on disk', () => {
  it('finds everything again after a restart', async () => {
    await stores.leaveConversation()

    const { store, opening } = await stores.open()

    expect(opening).toEqual({ state: 'opened', isNew: false, lost: null })
    expect(await store.loadChats()).toEqual([aStoredChat({ customer: canary })])
    expect(await store.loadEntries(ana)).toEqual([aMessage({ text: canary })])
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage({ content: canary })])
    expect(await store.find(ana, 'canary', 10)).toEqual(['entry-1'])
  })

  it('shows nothing of what customers wrote to whoever reads its files', async () => {
    const { store } = await stores.open()
    await store.saveEntries(ana, { upserted: [aMessage({ text: canary })], removed: [] })
    const whileOpen = await contentOf(path.dirname(stores.file))
    await store.close()
    const afterwards = await contentOf(path.dirname(stores.file))

    expect(whileOpen.length).toBeGreaterThan(4096)
    for (const encoding of ['utf8', 'utf16le'] as const) {
      expect(whileOpen.includes(Buffer.from(canary, encoding))).toBe(false)
      expect(afterwards.includes(Buffer.from(canary, encoding))).toBe(false)
    }
    expect(afterwards.includes('CREATE TABLE')).toBe(false)
  })

  it('gives nobody else access to its files', async () => {
    const { store } = await stores.open()
    await store.enqueue(anOutboxMessage())

    const modes = await Promise.all(
      (await readdir(path.dirname(stores.file))).map(
        async (name) => (await stat(path.join(path.dirname(stores.file), name))).mode,
      ),
    )
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600, 0o600])
    expect((await stat(path.dirname(stores.file))).mode & 0o777).toBe(0o700)
  })

  it('cannot be opened by a second copy of the program', async () => {
    await stores.open()

    const second = await stores.open()

    expect(second.opening).toMatchObject({ state: 'memory', failure: { code: 'not-saved' } })
    await second.store.saveChat(aStoredChat())
    expect(await second.store.loadChats()).toEqual([aStoredChat()])
  })

  it('hands over and takes back more entries than fit in one portion', async () => {
    const { store } = await stores.open()
    const upserted = Array.from({ length: 1_700 }, (_, seq) => aMessage({ id: `e${seq}`, at: seq, seq }))

    await store.saveEntries(ana, { upserted, removed: [] })
    await store.settle(ana, 'none', {
      upserted: upserted.map((each) => ({ ...each, streaming: true })),
      removed: [],
    })

    const loaded = await store.loadEntries(ana)
    expect(loaded).toEqual(upserted.map((each) => ({ ...each, streaming: true })))
  })
})

describe('a store in memory', () => {
  it('works the same and writes no file', async () => {
    const { store, opening } = await stores.open({ inMemory: true })
    await store.enqueue(anOutboxMessage())

    expect(opening).toEqual({ state: 'memory', failure: null })
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage()])
    expect(await readdir(stores.folder)).toEqual([])
  })
})

describe('a store whose thread stops', () => {
  it('fails what was under way, starts again and still has what was promised', async () => {
    const { store, reopened } = await stores.open()
    await store.enqueue(anOutboxMessage())
    await writeFile(`${stores.file}.crash`, '')
    const under = keepSaving(store)

    const opening = await reopened

    expect(await under).toMatchObject({ name: 'DeskError', failure: { code: 'not-saved' } })
    expect(opening).toEqual({ state: 'opened', isNew: false, lost: null })
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage()])
  })

  it('refuses calls after it was closed', async () => {
    const { store } = await stores.open()
    await store.close()

    await expect(store.loadChats()).rejects.toMatchObject({ failure: { code: 'cancelled' } })
  })
})

/** Saves until a save fails, and gives the error. */
async function keepSaving(store: ConversationStore): Promise<unknown> {
  try {
    for (;;) await store.saveDraft(ana, 'Let me look')
  } catch (error) {
    return error
  }
}

async function contentOf(of: string): Promise<Buffer> {
  const names = await readdir(of)
  return Buffer.concat(await Promise.all(names.map((name) => readFile(path.join(of, name)))))
}
