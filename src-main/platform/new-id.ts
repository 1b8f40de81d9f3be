import { randomBytes } from 'node:crypto'

/** 32 characters that nobody else has. Node puts a UUID together from pieces, and the pieces stay for as long as it lives. */
export function newId(): string {
  return randomBytes(16).toString('hex')
}
