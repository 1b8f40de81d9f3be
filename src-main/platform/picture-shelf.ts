import { randomUUID } from 'node:crypto'
import { appOrigin, type Picture, type PictureSource } from './app-protocol.ts'

const mostBytes = 64 * 1024 * 1024

/** Pictures the page may show, under names nobody can guess. Of those in memory the oldest make room. */
export class PictureShelf implements PictureSource {
  readonly #pictures = new Map<string, Picture>()
  #bytes = 0

  /** Returns the address the page can show it by. */
  put(picture: Picture): string {
    const pictureId = randomUUID()
    this.#pictures.set(pictureId, picture)
    this.#bytes += heldBytes(picture)
    for (const [oldest, held] of this.#pictures) {
      if (this.#bytes <= mostBytes || oldest === pictureId) break
      this.#pictures.delete(oldest)
      this.#bytes -= heldBytes(held)
    }
    return `${appOrigin}/picture/${pictureId}`
  }

  find(pictureId: string): Promise<Picture | null> {
    return Promise.resolve(this.#pictures.get(pictureId) ?? null)
  }
}

function heldBytes(picture: Picture): number {
  return 'bytes' in picture ? picture.bytes.length : 0
}
