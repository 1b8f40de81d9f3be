import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { VaultFile } from '../sealed-book.ts'

/** A JSON file on the real disk, replaced whole or not at all, without Electron. `refusal` is thrown by writes while it is set. */
export class DiskFile implements VaultFile {
  refusal: Error | null = null
  writes = 0
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  read(): unknown {
    return existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, 'utf8')) : undefined
  }

  write(value: Readonly<Record<string, unknown>>): void {
    if (this.refusal !== null) throw this.refusal
    this.writes += 1
    const part = `${this.#path}.part`
    try {
      writeFileSync(part, JSON.stringify(value, null, '\t'), { mode: 0o600 })
      renameSync(part, this.#path)
    } finally {
      rmSync(part, { force: true })
    }
  }

  setAside(): void {
    if (existsSync(this.#path)) renameSync(this.#path, `${this.#path}.broken-1`)
  }

  keepCopy(): void {
    if (existsSync(this.#path)) copyFileSync(this.#path, `${this.#path}.broken-copy`)
  }
}
