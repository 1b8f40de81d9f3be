import { chmodSync, mkdirSync } from 'node:fs'
import { errorCode } from './error-code.ts'

/** For this user alone. A disk that may not be written to leaves it as it is, which is no reason not to read it. */
export function makePrivate(file: string): void {
  tolerating(() => chmodSync(file, 0o600))
}

/** The same for a folder, which is made where there is none. */
export function makePrivateFolder(folder: string): void {
  tolerating(() => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  tolerating(() => chmodSync(folder, 0o700))
}

function tolerating(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (!unchangeable.has(errorCode(error))) throw error
  }
}

/** Also what is not there, or has no room to be: whoever writes to it next meets the same and says so. */
const unchangeable = new Set<unknown>([
  'EROFS',
  'EPERM',
  'EACCES',
  'ENOENT',
  'ENOSPC',
  'EDQUOT',
  // A file is where the folder should be.
  'EEXIST',
  'ENOTDIR',
])
