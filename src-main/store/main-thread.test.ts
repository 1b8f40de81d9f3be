import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aMessage, ana } from './testing/builders.ts'
import { StoreFolder } from './testing/store-folder.ts'
import { bundleStoreWorker } from './testing/worker-bundle.ts'
import type { WorkerBundle } from './testing/worker-bundle.ts'

const isMeasurable = process.platform === 'linux'
const longestTurn = 16
const entries = Array.from({ length: 20_000 }, (_, seq) => aMessage({ id: `e${seq}`, at: seq, seq }))

let bundle: WorkerBundle
let stores: StoreFolder

beforeAll(async () => {
  bundle = await bundleStoreWorker()
  stores = new StoreFolder(bundle.url)
})

afterAll(async () => {
  await stores.remove()
  await bundle.remove()
})

describe.skipIf(!isMeasurable)(
  'a burst of 20,000 entries (measured where the kernel counts a thread)',
  () => {
    it('never holds the calling thread for as long as a frame, on the way out or back', async () => {
      const { store } = await stores.open()
      await store.saveEntries(ana, { upserted: entries.slice(0, 2_000), removed: [] })

      const saving = await longestTurnDuring(() => store.saveEntries(ana, { upserted: entries, removed: [] }))
      const loading = await longestTurnDuring(() => store.loadEntries(ana))

      expect(saving).toBeLessThan(longestTurn)
      expect(loading).toBeLessThan(longestTurn)
    }, 60_000)
  },
)

/** In processor time of this thread, so that a busy machine does not count. */
async function longestTurnDuring(work: () => Promise<unknown>): Promise<number> {
  let [isOver, longest, last] = [false, 0, spentMilliseconds()]
  const turn = (): void => {
    const now = spentMilliseconds()
    longest = Math.max(longest, now - last)
    last = now
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  isOver = true
  return longest
}

function spentMilliseconds(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')
  return Number(nanoseconds) / 1e6
}
