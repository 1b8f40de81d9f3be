import { copyFileSync, existsSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'
import { Sqlite } from './sqlite.ts'
import { performTogether } from './store-calls.ts'
import type { StoreCall } from './store-calls.ts'
import { toStoreFailure } from './store-failure.ts'
import { portions, portionSize } from './store-wire.ts'
import type { FromWorker, ToWorker, WorkerStart } from './store-wire.ts'
import { rescue } from './survey.ts'

// The thread that owns the database. It answers in order, and all calls that are waiting share one commit.

if (parentPort === null) throw new Error('store-worker runs as a worker thread')
const port = parentPort

interface WaitingCall {
  readonly id: number
  readonly call: StoreCall
}

function start({ place, rescueFrom }: WorkerStart): void {
  try {
    const opened = openDatabase(place)
    if (opened.state === 'unusable') {
      send([{ kind: 'unusable', reason: opened.reason }])
      return
    }
    const rescued = rescueFrom === null ? 0 : rescueInto(opened.database, rescueFrom, place.key)
    send([{ kind: 'opened', isNew: opened.isNew, rescued }])
    serve(opened.database)
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

function serve(database: Database): void {
  const ahead = new Map<number, Entry[]>()
  port.on('message', (first: readonly ToWorker[]) => {
    const messages = [...first, ...waitingMessages()]
    const calls: WaitingCall[] = []
    for (const message of messages) {
      if (message.kind === 'ahead') {
        const known = ahead.get(message.id) ?? []
        known.push(...message.entries)
        ahead.set(message.id, known)
      } else if (message.kind === 'call') {
        calls.push({ id: message.id, call: withEntries(message.call, ahead.get(message.id)) })
        ahead.delete(message.id)
      }
    }
    answer(database, calls)
    if (messages.some((message) => message.kind === 'close')) {
      database.close()
      port.close()
    }
  })
}

/** What arrived while the last batch was being written. */
function waitingMessages(): readonly ToWorker[] {
  const found: ToWorker[] = []
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- posted by `StoreThread` only
    found.push(...(next.message as readonly ToWorker[]))
  return found
}

function withEntries(call: StoreCall, entries: readonly Entry[] | undefined): StoreCall {
  if (entries === undefined) return call
  if (call.method === 'saveEntries') {
    const [chatId, change] = call.args
    return { method: call.method, args: [chatId, { ...change, upserted: entries }] }
  }
  if (call.method === 'settle') {
    const [chatId, entryId, change] = call.args
    return { method: call.method, args: [chatId, entryId, { ...change, upserted: entries }] }
  }
  return call
}

function answer(database: Database, calls: readonly WaitingCall[]): void {
  if (calls.length === 0) return
  const outcomes = performTogether(
    database,
    calls.map(({ call }) => call),
  )
  const small: FromWorker[] = []
  outcomes.forEach((outcome, index) => {
    const id = calls[index]?.id ?? -1
    if (!outcome.ok) small.push(failureOf(id, outcome.error))
    else if (!Array.isArray(outcome.value) || outcome.value.length <= portionSize)
      small.push({ kind: 'done', id, value: outcome.value })
    else {
      for (const values of portions<unknown>(outcome.value)) send([{ kind: 'portion', id, values }])
      small.push({ kind: 'done', id, value: [] })
    }
  })
  send(small)
}

function failureOf(id: number, error: unknown): FromWorker {
  const failure = toStoreFailure(error)
  if (failure instanceof DeskError) return { kind: 'failed', id, ...failure.failure }
  return { kind: 'bug', id, message: failure.stack ?? failure.message }
}

function send(messages: readonly FromWorker[]): void {
  port.postMessage(messages)
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- given by `StoreThread` only
start(workerData as WorkerStart)
