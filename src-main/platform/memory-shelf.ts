import { joined } from './joined.ts'

/** Files kept in memory alone, where nothing of a customer's may reach the disk. The oldest make room. */
export class MemoryShelf {
  readonly #mostBytes: number
  readonly #books = new Map<string, Uint8Array>()
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  has(name: string): boolean {
    return this.#books.has(name)
  }

  /** What is larger than the whole shelf is read to its end and not kept. */
  async put(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes <= this.#mostBytes) parts.push(piece)
      else parts.length = 0
    }
    await this.drop(name)
    if (bytes > this.#mostBytes) return
    this.#books.set(name, await joined(parts))
    this.#bytes += bytes
    for (const oldest of [...this.#books.keys()]) if (this.#bytes > this.#mostBytes) await this.drop(oldest)
  }

  async *read(name: string): AsyncGenerator<Uint8Array> {
    const bytes = this.#books.get(name)
    if (bytes === undefined) throw new Error('There is no such book.')
    yield await Promise.resolve(bytes)
  }

  drop(name: string): Promise<void> {
    this.#bytes -= this.#books.get(name)?.length ?? 0
    this.#books.delete(name)
    return Promise.resolve()
  }

  async dropAll(isMeant: (name: string) => boolean): Promise<void> {
    for (const name of [...this.#books.keys()].filter(isMeant)) await this.drop(name)
  }

  close(): Promise<void> {
    return this.dropAll(() => true)
  }
}
