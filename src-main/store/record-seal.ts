import { createHmac, timingSafeEqual } from 'node:crypto'

const sealBytes = 16

/**
 * The cipher of the file hides its content but does not notice a changed byte. So each record carries proof that it
 * was written here, under this name: a flipped bit or a record moved to another row is refused, never believed.
 */
export class RecordSeal {
  readonly #key: Buffer

  constructor(databaseKey: string) {
    this.#key = createHmac('sha256', databaseKey).update('parley record seal 1').digest()
  }

  /** `name` says which record it is, for example table and id. */
  of(name: readonly string[], record: string | Uint8Array): Buffer {
    const head = JSON.stringify(name)
    return createHmac('sha256', this.#key).update(head).update(record).digest().subarray(0, sealBytes)
  }

  proves(seal: unknown, name: readonly string[], record: string): boolean {
    return (
      seal instanceof Uint8Array && seal.length === sealBytes && timingSafeEqual(seal, this.of(name, record))
    )
  }
}
