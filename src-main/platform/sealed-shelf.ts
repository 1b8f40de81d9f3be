import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16
const pieceBytes = 64 * 1024

interface Book {
  readonly file: string
  readonly bytes: number
  readonly nonce: Buffer
  readonly tag: Buffer
}

/**
 * Files kept for as long as the app runs. On the disk they are encrypted under a key that is only ever in memory, so
 * what a crash leaves behind is noise; the next start sweeps it away. The oldest make room.
 */
export class SealedShelf {
  readonly #folder: string
  readonly #mostBytes: number
  readonly #key = randomBytes(32)
  readonly #books = new Map<string, Book>()
  #bytes = 0

  /** Sweeps `folder`, which belongs to the shelf alone. */
  static async open(folder: string, mostBytes: number): Promise<SealedShelf> {
    // What a read-only disk does not give up is noise, and nothing is added to it.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    return new SealedShelf(folder, mostBytes)
  }

  private constructor(folder: string, mostBytes: number) {
    this.#folder = folder
    this.#mostBytes = mostBytes
  }

  has(name: string): boolean {
    return this.#books.has(name)
  }

  /** Whole or not at all. Rejects with what the pieces or the disk throw. */
  async put(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = path.join(this.#folder, randomUUID())
    try {
      const book = await this.#write(file, pieces)
      await this.drop(name)
      this.#books.set(name, book)
      this.#bytes += book.bytes
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
    await this.#makeRoom(name)
  }

  /** Throws at the end when the file was tampered with: what was read up to then must not be used. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const book = this.#books.get(name)
    if (book === undefined) throw new Error('There is no such book.')
    const decipher = createDecipheriv(cipher, this.#key, book.nonce, { authTagLength: tagBytes })
    decipher.setAuthTag(book.tag)
    const handle = await open(book.file)
    try {
      for await (const piece of handle.createReadStream({ highWaterMark: pieceBytes, autoClose: false })) {
        if (piece instanceof Uint8Array) yield decipher.update(piece)
      }
      yield decipher.final()
    } finally {
      await handle.close()
    }
  }

  async drop(name: string): Promise<void> {
    const book = this.#books.get(name)
    if (book === undefined) return
    this.#books.delete(name)
    this.#bytes -= book.bytes
    await rm(book.file, { force: true })
  }

  async dropAll(isMeant: (name: string) => boolean): Promise<void> {
    await Promise.all([...this.#books.keys()].filter(isMeant).map((name) => this.drop(name)))
  }

  async close(): Promise<void> {
    this.#books.clear()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #write(file: string, pieces: AsyncIterable<Uint8Array>): Promise<Book> {
    const nonce = randomBytes(nonceBytes)
    const sealing = createCipheriv(cipher, this.#key, nonce, { authTagLength: tagBytes })
    const handle: FileHandle = await open(file, 'wx', 0o600)
    let bytes = 0
    try {
      for await (const piece of pieces) {
        bytes += piece.length
        await handle.writeFile(sealing.update(piece))
      }
      await handle.writeFile(sealing.final())
    } finally {
      await handle.close()
    }
    return { file, bytes, nonce, tag: sealing.getAuthTag() }
  }

  async #makeRoom(newest: string): Promise<void> {
    for (const name of [...this.#books.keys()]) {
      if (this.#bytes <= this.#mostBytes || name === newest) return
      await this.drop(name)
    }
  }
}
