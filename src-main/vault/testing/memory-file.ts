import type { VaultFile } from '../sealed-book.ts'

/** A file that is only bytes, for trying thousands of them. */
export class MemoryFile implements VaultFile {
  #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(): unknown {
    return JSON.parse(Buffer.from(this.#bytes).toString('utf8'))
  }

  write(value: Readonly<Record<string, unknown>>): void {
    this.#bytes = Buffer.from(JSON.stringify(value))
  }

  setAside(): void {
    this.#bytes = Buffer.alloc(0)
  }

  keepCopy(): void {
    this.#bytes = Buffer.from(this.#bytes)
  }
}
