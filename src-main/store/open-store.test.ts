import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../vault/secret.ts'
import type { ConversationStore } from './conversation-store.ts'
import { openStore } from './open-store.ts'
import type { StoreOpening } from './open-store.ts'
import { aMessage, ana, anOutboxMessage, aStoredChat } from './testing/builders.ts'
import { bundleStoreWorker } from './testing/worker-bundle.ts'
import type { WorkerBundle } from './testing/worker-bundle.ts'

const key = new Secret('a1'.repeat(32))
const canary = 'CANARY-customer-phrase'

let bundle: WorkerBundle | null = null
let folder = ''
let file = ''
const opened: ConversationStore[] = []

beforeAll(async () => {
  bundle = await bundleStoreWorker()
})

afterAll(() => bundle?.remove())

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-store-'))
  file = path.join(folder, 'profile', 'conversations.db')
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()))
  await rm(folder, { recursive: true })
})

interface OpenedStore {
  readonly store: ConversationStore
  readonly opening: StoreOpening
  /** Resolves when the store works again after its thread stopped. */
  readonly reopened: Promise<StoreOpening>
}

async function open(change: { key?: Secret; inMemory?: boolean } = {}): Promise<OpenedStore> {
  let reopen: (opening: StoreOpening) => void = () => undefined
  const reopened = new Promise<StoreOpening>((resolve) => {
    reopen = resolve
  })
  const { store, opening } = await openStore({
    workerUrl: bundle?.url ?? expect.fail('The worker was not bundled'),
    file: change.inMemory === true ? null : { path: file, key: change.key ?? key },
    now: () => Date.UTC(2026, 10, 22, 18, 30),
    onReopened: reopen,
  })
  opened.push(store)
  return { store, opening, reopened }
}

/** A conversation on disk, closed again. */
async function leaveConversation(): Promise<void> {
  const { store } = await open()
  await store.saveChat(aStoredChat({ customer: canary }))
  await store.saveEntries(ana, { upserted: [aMessage({ text: canary })], removed: [] })
  await store.enqueue(anOutboxMessage({ content: canary }))
  await store.close()
}

describe('a store on disk', () => {
  it('finds everything again after a restart', async () => {
    await leaveConversation()

    const { store, opening } = await open()

    expect(opening).toEqual({ state: 'opened', isNew: false })
    expect(await store.loadChats()).toEqual([aStoredChat({ customer: canary })])
    expect(await store.loadEntries(ana)).toEqual([aMessage({ text: canary })])
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage({ content: canary })])
    expect(await store.find(ana, 'canary', 10)).toEqual(['entry-1'])
  })

  it('shows nothing of what customers wrote to whoever reads its files', async () => {
    const { store } = await open()
    await store.saveEntries(ana, { upserted: [aMessage({ text: canary })], removed: [] })
    const whileOpen = await contentOf(path.dirname(file))
    await store.close()
    const afterwards = await contentOf(path.dirname(file))

    expect(whileOpen.length).toBeGreaterThan(4096)
    for (const encoding of ['utf8', 'utf16le'] as const) {
      expect(whileOpen.includes(Buffer.from(canary, encoding))).toBe(false)
      expect(afterwards.includes(Buffer.from(canary, encoding))).toBe(false)
    }
    expect(afterwards.includes('CREATE TABLE')).toBe(false)
  })

  it('gives nobody else access to its files', async () => {
    const { store } = await open()
    await store.enqueue(anOutboxMessage())

    const modes = await Promise.all(
      (await readdir(path.dirname(file))).map(
        async (name) => (await stat(path.join(path.dirname(file), name))).mode,
      ),
    )
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600])
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700)
  })

  it('cannot be opened by a second copy of the program', async () => {
    await open()

    const second = await open()

    expect(second.opening).toMatchObject({ state: 'memory', failure: { code: 'not-saved' } })
    await second.store.saveChat(aStoredChat())
    expect(await second.store.loadChats()).toEqual([aStoredChat()])
  })

  it('hands over and takes back more entries than fit in one portion', async () => {
    const { store } = await open()
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

describe('a file that cannot be used', () => {
  it('is set aside unchanged when the key is another', async () => {
    await leaveConversation()
    const before = await readFile(file)

    const { store, opening } = await open({ key: new Secret('b2'.repeat(32)) })

    expect(opening).toEqual({
      state: 'replaced',
      reason: 'undecryptable',
      setAside: 'conversations.db.broken-20261122T183000Z',
      rescued: 0,
    })
    expect(await store.loadChats()).toEqual([])
    expect(await readFile(`${file}.broken-20261122T183000Z`)).toEqual(before)
  })

  it.each([
    ['text', Buffer.from('{"not": "a database"}')],
    ['zeros', Buffer.alloc(9_000)],
    ['noise', Buffer.alloc(9_000, 'x7$')],
  ])('is set aside when it holds %s', async (_name, content) => {
    await leaveConversation()
    await writeFile(file, content)

    const { store, opening } = await open()

    expect(opening).toMatchObject({ state: 'replaced', reason: 'undecryptable' })
    await store.saveChat(aStoredChat())
    expect(await readFile(`${file}.broken-20261122T183000Z`)).toEqual(content)
  })

  it('carries over what still proves itself when a page is damaged', async () => {
    await leaveConversation()
    const before = await damageLastPage()

    const { store, opening } = await open()

    expect(opening).toMatchObject({ state: 'replaced', reason: 'damaged' })
    expect(opening.state === 'replaced' && opening.rescued).toBeGreaterThan(0)
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage({ content: canary })])
    expect(await readFile(`${file}.broken-20261122T183000Z`)).toEqual(before)
  })

  it('marks rescued chats to be read again from the service', async () => {
    await leaveConversation()
    await damageLastPage()

    const { store } = await open()

    const [chat] = await store.loadChats()
    expect(chat).toMatchObject({ customer: canary, lastServiceId: null, completeUpTo: null })
  })

  it('starts in memory, untouched, when its folder cannot be written to', async () => {
    await writeFile(path.join(folder, 'profile'), 'a file where the folder should be')

    const { store, opening } = await open()

    expect(opening).toMatchObject({ state: 'memory', failure: { code: 'read-only' } })
    await store.saveChat(aStoredChat())
    expect(await store.loadChats()).toEqual([aStoredChat()])
  })
})

describe('a store in memory', () => {
  it('works the same and writes no file', async () => {
    const { store, opening } = await open({ inMemory: true })
    await store.enqueue(anOutboxMessage())

    expect(opening).toEqual({ state: 'memory', failure: null })
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage()])
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a store whose thread stops', () => {
  it('fails what was under way, starts again and still has what was promised', async () => {
    const { store, reopened } = await open()
    await store.enqueue(anOutboxMessage())
    await writeFile(`${file}.crash`, '')
    const under = keepSaving(store)

    const opening = await reopened

    expect(await under).toMatchObject({ name: 'DeskError', failure: { code: 'not-saved' } })
    expect(opening).toEqual({ state: 'opened', isNew: false })
    expect(await store.loadOutbox(ana)).toEqual([anOutboxMessage()])
  })

  it('refuses calls after it was closed', async () => {
    const { store } = await open()
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

/** Of the index over uploads: the last page that was created. Gives the damaged bytes. */
async function damageLastPage(): Promise<Buffer> {
  const bytes = await readFile(file)
  bytes.fill(0xaa, bytes.length - 4_096)
  await writeFile(file, bytes)
  return bytes
}
