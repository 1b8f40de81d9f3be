import { chmodSync } from 'node:fs'

/** For this user alone. A disk that may not be written to leaves it as it is, which is no reason not to read it. */
export function makePrivate(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && unchangeable.has(error.code))) throw error
  }
}

const unchangeable = new Set<unknown>(['EROFS', 'EPERM'])
