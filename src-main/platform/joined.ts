import { setImmediate } from 'node:timers/promises'

/** Copied between two turns of the loop: a few milliseconds of memory. */
const bytesPerTurn = 2 * 1024 * 1024

/**
 * All pieces as one, copied a little at a time so that nothing else has to wait for a large file. Pieces that are kept
 * must not change afterwards.
 */
export async function joined(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Buffer<ArrayBuffer>> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  const whole = Buffer.alloc(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  let inThisTurn = 0
  for (const piece of all) {
    for (const slice of inSlices(piece)) {
      whole.set(slice, at)
      at += slice.length
      inThisTurn += slice.length
      if (inThisTurn < bytesPerTurn) continue
      inThisTurn = 0
      await setImmediate()
    }
  }
  return whole
}

function* inSlices(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.length; at += bytesPerTurn) yield piece.subarray(at, at + bytesPerTurn)
}
