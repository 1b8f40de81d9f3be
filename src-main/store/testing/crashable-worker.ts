import { existsSync, rmSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import '../store-worker.ts'
import type { WorkerStart } from '../store-wire.ts'

// The store thread, which ends as a crash would once `<database>.crash` exists.
const order = `${(workerData as WorkerStart).place.path}.crash`
setInterval(() => {
  if (!existsSync(order)) return
  rmSync(order)
  throw new Error('Crash on demand')
}, 5).unref()
