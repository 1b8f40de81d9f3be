import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Secret } from '../../vault/secret.ts'
import type { ConversationStore } from '../conversation-store.ts'
import { openStore } from '../open-store.ts'
import type { StoreOpening } from '../open-store.ts'
import { aMessage, ana, anOutboxMessage, aStoredChat } from './builders.ts'

export const canary = 'CANARY-customer-phrase'
const rightKey = new Secret('a1'.repeat(32))

export interface OpenedStore {
  readonly store: ConversationStore
  readonly opening: StoreOpening
  /** Resolves when the store works again after its thread stopped. */
  readonly reopened: Promise<StoreOpening>
}

/** A folder for the store of one test, on the disk named or on the usual one. */
export class StoreFolder {
  readonly folder: string
  readonly file: string
  readonly #workerUrl: URL
  readonly #opened: ConversationStore[] = []

  constructor(workerUrl: URL, disk = tmpdir()) {
    this.#workerUrl = workerUrl
    this.folder = mkdtempSync(path.join(disk, 'parley-store-'))
    this.file = path.join(this.folder, 'profile', 'conversations.db')
  }

  async open({
    key = rightKey,
    inMemory = false,
    passing = [] as readonly string[],
  } = {}): Promise<OpenedStore> {
    let reopen: (opening: StoreOpening) => void = () => undefined
    const reopened = new Promise<StoreOpening>((resolve) => {
      reopen = resolve
    })
    const { store, opening } = await openStore({
      workerUrl: this.#workerUrl,
      file: inMemory ? null : { path: this.file, key },
      passing,
      now: () => Date.UTC(2026, 10, 22, 18, 30),
      onReopened: reopen,
    })
    this.#opened.push(store)
    return { store, opening, reopened }
  }

  /** A conversation on disk, closed again. */
  async leaveConversation(): Promise<void> {
    const { store } = await this.open()
    await store.saveChat(aStoredChat({ customer: canary }))
    await store.saveEntries(ana, { upserted: [aMessage({ text: canary })], removed: [] })
    await store.enqueue(anOutboxMessage({ content: canary }))
    await store.close()
  }

  /** Replaces the content of the database by what `change` makes of it. */
  async tamper(change: (bytes: Buffer) => Buffer): Promise<Buffer> {
    const bytes = change(await readFile(this.file))
    await writeFile(this.file, bytes)
    return bytes
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((store) => store.close()))
  }

  async remove(): Promise<void> {
    await this.close()
    rmSync(this.folder, { recursive: true })
  }
}
