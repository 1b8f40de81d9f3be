import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SmallDisk, whyNoSmallDisk } from '../platform/testing/small-disk.ts'
import type { ConversationStore } from './conversation-store.ts'
import { ana, anOutboxMessage } from './testing/builders.ts'
import { StoreFolder } from './testing/store-folder.ts'
import { bundleStoreWorker } from './testing/worker-bundle.ts'
import type { WorkerBundle } from './testing/worker-bundle.ts'

let bundle: WorkerBundle

beforeAll(async () => {
  bundle = await bundleStoreWorker()
})

afterAll(() => bundle.remove())

describe.skipIf(whyNoSmallDisk !== null)(`a disk that is full (${whyNoSmallDisk ?? 'mounted'})`, () => {
  let disk: SmallDisk
  let stores: StoreFolder

  beforeEach(() => {
    disk = new SmallDisk(1_024)
    stores = new StoreFolder(bundle.url, disk.folder)
  })

  afterEach(async () => {
    await stores.close()
    disk.remove()
  })

  it('refuses a message by name, keeps all it has promised and takes more once there is room', async () => {
    const ballast = path.join(disk.folder, 'ballast')
    await writeFile(ballast, Buffer.alloc(500 * 1024))
    const { store } = await stores.open()

    const { queued, error } = await enqueueUntilRefused(store)

    expect(error).toMatchObject({ name: 'DeskError', failure: { code: 'disk-full' } })
    expect(await idsInOutbox(store)).toEqual(queued)
    await rm(ballast)
    await store.enqueue(anOutboxMessage({ entryId: 'after', seq: 9_999 }))
    expect(await idsInOutbox(store)).toEqual([...queued, 'after'])
    await store.close()
    const again = await stores.open()
    expect(again.opening).toEqual({ state: 'opened', isNew: false, lost: null })
    expect(await idsInOutbox(again.store)).toEqual([...queued, 'after'])
  })

  it('lets the app start in memory when not even an empty database fits', async () => {
    await writeFile(path.join(disk.folder, 'ballast'), Buffer.alloc(1_020 * 1024))

    const { store, opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'memory', failure: { code: 'disk-full' } })
    await store.enqueue(anOutboxMessage())
    expect(await idsInOutbox(store)).toEqual(['entry-out'])
  })

  it('leaves a database alone that it may not write to', async () => {
    await stores.leaveConversation()
    disk.makeReadOnly()

    const { opening } = await stores.open()

    expect(opening).toMatchObject({ state: 'memory', failure: { code: 'read-only' } })
  })
})

async function enqueueUntilRefused(store: ConversationStore): Promise<{ queued: string[]; error: unknown }> {
  const queued: string[] = []
  try {
    for (let seq = 0; seq < 2_000; seq += 1) {
      const entryId = `entry-${String(seq).padStart(4, '0')}`
      await store.enqueue(anOutboxMessage({ entryId, seq, content: 'x'.repeat(1_000) }))
      queued.push(entryId)
    }
    return { queued, error: null }
  } catch (error) {
    return { queued, error }
  }
}

async function idsInOutbox(store: ConversationStore): Promise<readonly string[]> {
  return (await store.loadOutbox(ana)).map(({ entryId }) => entryId)
}
