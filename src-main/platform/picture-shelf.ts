import { randomUUID } from 'node:crypto'
import { appOrigin, type PictureSource } from './app-protocol.ts'

export interface Picture {
  readonly bytes: Uint8Array
  readonly contentType: string
}

const mostBytes = 64 * 1024 * 1024

/** Pictures the page may show, in memory only and under names nobody can guess. The oldest make room. */
export class PictureShelf implements PictureSource {
  readonly #pictures = new Map<string, Picture>()
  #bytes = 0

  /** Returns the address the page can show it by. */
  put(picture: Picture): string {
    const pictureId = randomUUID()
    this.#pictures.set(pictureId, picture)
    this.#bytes += picture.bytes.length
    for (const [oldest, { bytes }] of this.#pictures) {
      if (this.#bytes <= mostBytes || oldest === pictureId) break
      this.#pictures.delete(oldest)
      this.#bytes -= bytes.length
    }
    return `${appOrigin}/picture/${pictureId}`
  }

  find(pictureId: string): Promise<Picture | null> {
    return Promise.resolve(this.#pictures.get(pictureId) ?? null)
  }
}
