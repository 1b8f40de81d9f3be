import { copyFileSync, existsSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { DeskError } from '#shared/failure.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'
import { Sqlite } from './sqlite.ts'
import { toStoreFailure } from './store-failure.ts'
import { StoreServer } from './store-server.ts'
import type { FromWorker, WorkerStart } from './store-wire.ts'
import { rescue } from './survey.ts'

// The thread that owns the database.

if (parentPort === null) throw new Error('store-worker runs as a worker thread')
const port = parentPort

function start({ place, rescueFrom }: WorkerStart): void {
  try {
    const opened = openDatabase(place)
    if (opened.state === 'unusable') {
      send([{ kind: 'unusable', reason: opened.reason }])
      return
    }
    const rescued = rescueFrom === null ? 0 : rescueInto(opened.database, rescueFrom, place.key)
    send([{ kind: 'opened', isNew: opened.isNew, rescued }])
    new StoreServer(opened.database, port)
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
