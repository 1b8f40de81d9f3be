import { randomUUID } from 'node:crypto'
import { appOrigin } from './app-origin.ts'
import type { Picture, PictureSource } from './app-protocol.ts'

const addressStart = `${appOrigin}/picture/`
const usualBytes = 64 * 1024 * 1024

/** Pictures the page may show, under names nobody can guess. Of those in memory the longest unseen make room. */
export class PictureShelf implements PictureSource {
  readonly #mostBytes: number
  readonly #pictures = new Map<string, Picture>()
  #bytes = 0

  constructor(mostBytes = usualBytes) {
    this.#mostBytes = mostBytes
  }

  /** Returns the address the page can show it by, for as long as `holds` says so. */
  put(picture: Picture): string {
    const pictureId = randomUUID()
    this.#pictures.set(pictureId, picture)
    this.#bytes += heldBytes(picture)
    for (const [oldest, held] of this.#pictures) {
      if (this.#bytes <= this.#mostBytes || oldest === pictureId) break
      this.#pictures.delete(oldest)
      this.#bytes -= heldBytes(held)
    }
    return `${addressStart}${pictureId}`
  }

  holds(address: string): boolean {
    return address.startsWith(addressStart) && this.#pictures.has(address.slice(addressStart.length))
  }

  find(pictureId: string): Promise<Picture | null> {
    const picture = this.#pictures.get(pictureId)
    if (picture === undefined) return Promise.resolve(null)
    this.#pictures.delete(pictureId)
    this.#pictures.set(pictureId, picture)
    return Promise.resolve(picture)
  }
}

function heldBytes(picture: Picture): number {
  return 'bytes' in picture ? picture.bytes.length : 0
}
