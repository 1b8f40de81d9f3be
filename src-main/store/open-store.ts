import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Failure } from '#shared/failure.ts'
import type { Secret } from '../vault/secret.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { Unusable } from './open-database.ts'
import { inMemory } from './sqlite.ts'
import { storeOver } from './store-over-line.ts'
import { StoreThread } from './store-thread.ts'
import type { ThreadStart } from './store-thread.ts'
import { storeFailure } from './store-failure.ts'
import { WorkerLine } from './worker-line.ts'

export interface StoreOptions {
  /** The bundle of `store-worker.ts`. */
  readonly workerUrl: URL
  /** Null keeps everything in memory and writes nothing. */
  readonly file: { readonly path: string; readonly key: Secret } | null
  readonly now: () => number
  /** The thread stopped and works again. In memory-only mode what it held is gone. */
  readonly onReopened: (opening: StoreOpening) => void
}

/** What was found; everything but 'opened' is worth telling the agent. */
export type StoreOpening =
  | { readonly state: 'opened'; readonly isNew: boolean }
  /** The old file was renamed, `rescued` of its records live on in a new one. */
  | {
      readonly state: 'replaced'
      readonly reason: Unusable
      readonly setAside: string
      readonly rescued: number
    }
  /** Nothing is written to disk: as asked (no failure), or because the file cannot be opened. */
  | { readonly state: 'memory'; readonly failure: Failure | null }

export interface OpenedThread {
  readonly thread: StoreThread
  readonly opening: StoreOpening
}

/** Always yields a store that works, and says in `opening` at what price. */
export async function openStore(
  options: StoreOptions,
): Promise<{ readonly store: ConversationStore; readonly opening: StoreOpening }> {
  const reopen = (): Promise<OpenedThread> => openThread(options)
  const first = await reopen()
  const line = new WorkerLine({ first: first.thread, reopen, onReopened: options.onReopened })
  return { store: storeOver(line), opening: first.opening }
}

async function openThread(options: StoreOptions): Promise<OpenedThread> {
  const { workerUrl, file, now } = options
  if (file === null) return openInMemory(workerUrl, null)
  const place = { path: file.path, key: file.key.reveal() }
  const first = await StoreThread.start(workerUrl, { place, rescueFrom: null })
  if (first.state !== 'unusable') return openedOrMemory(workerUrl, first, { state: 'opened' })
  const setAside = await setDatabaseAside(file.path, now())
  if (setAside === null) return openInMemory(workerUrl, storeFailure('read-only').failure)
  const rescueFrom = first.reason === 'damaged' ? setAside : null
  const second = await StoreThread.start(workerUrl, { place, rescueFrom })
  return openedOrMemory(workerUrl, second, {
    state: 'replaced',
    reason: first.reason,
    setAside: path.basename(setAside),
  })
}

type Found =
  | { readonly state: 'opened' }
  | { readonly state: 'replaced'; readonly reason: Unusable; readonly setAside: string }

async function openedOrMemory(workerUrl: URL, start: ThreadStart, found: Found): Promise<OpenedThread> {
  if (start.state === 'unopened') return openInMemory(workerUrl, start.failure)
  if (start.state === 'unusable') return openInMemory(workerUrl, storeFailure('not-saved').failure)
  const { thread, isNew, rescued } = start
  return found.state === 'opened'
    ? { thread, opening: { state: 'opened', isNew } }
    : { thread, opening: { ...found, rescued } }
}

async function openInMemory(workerUrl: URL, failure: Failure | null): Promise<OpenedThread> {
  // Nobody can read another process's memory by name, so the key of a database in memory is of no consequence.
  const start = await StoreThread.start(workerUrl, { place: { path: inMemory, key: '' }, rescueFrom: null })
  if (start.state !== 'opened') throw new Error('A database in memory could not be opened')
  return { thread: start.thread, opening: { state: 'memory', failure } }
}

/** Renames the database with its log; null when the folder does not allow it. Nobody may have it open. */
async function setDatabaseAside(file: string, now: number): Promise<string | null> {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  let setAside = `${file}.broken-${time}`
  for (let count = 2; existsSync(setAside); count += 1) setAside = `${file}.broken-${time}-${count}`
  try {
    for (const suffix of ['-wal', ''])
      if (existsSync(file + suffix)) await rename(file + suffix, setAside + suffix)
    return setAside
  } catch {
    return null
  }
}
