import { randomUUID } from 'node:crypto'

/** A UUID in one piece. Node puts it together from many, and those stay in memory for as long as the id does. */
export function newId(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1')
}
