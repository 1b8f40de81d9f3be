import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Failure } from '#shared/failure.ts'
import type { Secret } from '../vault/secret.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { Counts } from './inventory.ts'
import type { Unusable } from './open-database.ts'
import { inMemory } from './sqlite.ts'
import { storeOver } from './store-over-line.ts'
import { StoreThread } from './store-thread.ts'
import type { ThreadStart } from './store-thread.ts'
import type { WorkerStart } from './store-wire.ts'
import { storeFailure } from './store-failure.ts'
import { WorkerLine } from './worker-line.ts'

export interface StoreOptions {
  /** The bundle of `store-worker.ts`. */
  readonly workerUrl: URL
  /** Null keeps everything in memory and writes nothing. */
  readonly file: { readonly path: string; readonly key: Secret } | null
  readonly now: () => number
  /** Instances whose chats live no longer than a run. */
  readonly passing?: readonly string[]
  /** The thread stopped and works again. In memory-only mode what it held is gone. */
  readonly onReopened: (opening: StoreOpening) => void
}

/** What was found; everything but 'opened' without a loss is worth telling the agent. */
export type StoreOpening =
  | {
      readonly state: 'opened'
      readonly isNew: boolean
      /** What was noted at the last change and is not there: the file or its log is gone or cut. */
      readonly lost: Counts | null
    }
  /** The old file was renamed, `rescued` of its records live on in a new one. */
  | {
      readonly state: 'replaced'
      readonly reason: Exclude<Unusable, 'newer'>
      readonly setAside: string
      readonly rescued: number
      readonly lost: Counts | null
    }
  /** A later Parley wrote the file. It is untouched, and nothing is written to disk. */
  | { readonly state: 'newer' }
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
  const { file, now } = options
  if (file === null) return openInMemory(options, null)
  const place = { path: file.path, key: file.key.reveal() }
  const first = await startThread(options, { place, rescueFrom: null })
  if (first.state === 'opened') {
    const { thread, isNew, lost } = first
    return { thread, opening: { state: 'opened', isNew, lost } }
  }
  if (first.state === 'unopened') return openInMemory(options, first.failure)
  if (first.reason === 'newer') {
    return { ...(await openInMemory(options, null)), opening: { state: 'newer' } }
  }
  const setAside = await setDatabaseAside(file.path, now())
  if (setAside === null) return openInMemory(options, storeFailure('read-only').failure)
  const rescueFrom = first.reason === 'damaged' ? setAside : null
  const second = await startThread(options, { place, rescueFrom })
  if (second.state === 'unopened') return openInMemory(options, second.failure)
  if (second.state === 'unusable') return openInMemory(options, storeFailure('not-saved').failure)
  const { thread, rescued, lost } = second
  const { reason } = first
  return { thread, opening: { state: 'replaced', reason, setAside: path.basename(setAside), rescued, lost } }
}

async function openInMemory(options: StoreOptions, failure: Failure | null): Promise<OpenedThread> {
  // Nobody can read another process's memory by name, so the key of a database in memory is of no consequence.
  const start = await startThread(options, { place: { path: inMemory, key: '' }, rescueFrom: null })
  if (start.state !== 'opened') throw new Error('A database in memory could not be opened')
  return { thread: start.thread, opening: { state: 'memory', failure } }
}

function startThread(
  { workerUrl, passing = [] }: StoreOptions,
  start: Omit<WorkerStart, 'passing'>,
): Promise<ThreadStart> {
  return StoreThread.start(workerUrl, { ...start, passing })
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
