import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../vault/secret.ts'
import { ana, anOutboxMessage, aStoredChat } from './testing/builders.ts'
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

describe('a file that cannot be used', () => {
  it('is set aside unchanged when the key is another', async () => {
    await stores.leaveConversation()
    const before = await readFile(stores.file)

    const { store, opening } = await stores.open({ key: new Secret('b2'.repeat(32)) })

    expect(opening).toEqual({
      state: 'replaced',
      reason: 'undecryptable',
      setAside: 'conversations.db.broken-20261122T183000Z',
      rescued: 0,
      lost: { conversations: 1, drafts: 0, messages: 1, files: 0 },
    })
    expect(await store.loadChats()).toEqual([])
    expect(await readFile(`${stores.file}.broken-20261122T183000Z`)).toEqual(before)
  })

  it.each([
    ['text', Buffer.from('{"not": "a database"}')],
    ['zeros', Buffer.alloc(9_000)],
    ['noise', Buffer.alloc(9_000, 'x7$')],
  ])('is set aside when it holds %s', async (_name, content) => {
    await stores.leaveConversation()
    await stores.tamper(() => content)

    const { store, opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'replaced', reason: 'undecryptable' })
    await store.saveChat(aStoredChat())
    expect(await readFile(`${stores.file}.broken-20261122T183000Z`)).toEqual(content)
  })

  it('carries over what still proves itself when a page is damaged', async () => {
    await stores.leaveConversation()
    const before = await stores.tamper(lastPageDamaged)

    const { store, opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'replaced', reason: 'damaged' })
    expect(opening.state === 'replaced' && opening.rescued).toBeGreaterThan(0)
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage({ content: canary })])
    expect(await readFile(`${stores.file}.broken-20261122T183000Z`)).toEqual(before)
  })

  it('marks rescued chats to be read again from the service', async () => {
    await stores.leaveConversation()
    await stores.tamper(lastPageDamaged)

    const { store } = await stores.open()

    const [chat] = await store.loadChats()
    expect(chat).toMatchObject({ customer: canary, lastServiceId: null, completeUpTo: null })
  })

  it('starts in memory, untouched, when its folder cannot be written to', async () => {
    await writeFile(path.dirname(stores.file), 'a file where the folder should be')

    const { store, opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'memory', failure: { code: 'read-only' } })
    await store.saveChat(aStoredChat())
    expect(await store.loadChats()).toEqual([aStoredChat()])
  })
})

/** The last page is that of the index created last. */
function lastPageDamaged(bytes: Buffer): Buffer {
  return Buffer.from(bytes).fill(0xaa, bytes.length - 4_096)
}
