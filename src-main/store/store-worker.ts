import { copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { DeskError } from '#shared/failure.ts'
import type { Database } from './database.ts'
import { countsFile, Inventory, missingFrom, notedCounts } from './inventory.ts'
import { firstPageBytes, openDatabase } from './open-database.ts'
import { inMemory, Sqlite } from './sqlite.ts'
import { toStoreFailure } from './store-failure.ts'
import { StoreServer } from './store-server.ts'
import type { FromWorker, WorkerStart } from './store-wire.ts'
import { rescue } from './survey.ts'

// The thread that owns the database.

if (parentPort === null) throw new Error('store-worker runs as a worker thread')
const port = parentPort

function start({ place, rescueFrom, passing }: WorkerStart): void {
  try {
    const noted = place.path === inMemory ? null : notedCounts(place.path)
    const opened = openDatabase(place)
    if (opened.state === 'unusable') {
      send([{ kind: 'unusable', reason: opened.reason }])
      return
    }
    const rescued = rescueFrom === null ? 0 : rescueInto(opened.database, rescueFrom, place.key)
    const file = place.path === inMemory ? null : countsFile(place.path)
    const inventory = new Inventory(opened.database, file, passing)
    const lost = missingFrom(inventory, noted)
    inventory.note()
    send([{ kind: 'opened', isNew: opened.isNew, rescued, lost }])
    new StoreServer(opened.database, inventory, port)
  } catch (error) {
    const failure = toStoreFailure(error)
    if (!(failure instanceof DeskError)) throw failure
    send([{ kind: 'unopened', code: failure.failure.code, message: failure.failure.message }])
  }
}

/** Reads a copy: SQLite would change the damaged file while closing it. */
function rescueInto(database: Database, damaged: string, key: string): number {
  const copy = `${damaged}.copy`
  try {
    for (const suffix of ['', '-wal'])
      if (existsSync(damaged + suffix)) copyFileSync(damaged + suffix, copy + suffix)
    // Of an empty file SQLite would throw away the log, which may hold all there is.
    if (!existsSync(copy) || statSync(copy).size === 0) writeFileSync(copy, Buffer.alloc(firstPageBytes))
    const from = new Sqlite({ path: copy, key })
    const rescued = rescue(from, key, database)
    from.close()
    return rescued
  } catch (error) {
    if (toStoreFailure(error) instanceof DeskError) return 0
    throw error
  }
}

function send(messages: readonly FromWorker[]): void {
  port.postMessage(messages)
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- given by `StoreThread` only
start(workerData as WorkerStart)
