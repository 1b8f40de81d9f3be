import { closeSync, fsyncSync, openSync } from 'node:fs'
import path from 'node:path'

/** The file and its name survive a power cut from now on. Throws what the disk says about the file. */
export function syncFile(file: string): void {
  // Windows syncs only what is open for writing.
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(path.dirname(file))
}

/**
 * The names in the folder survive a power cut from now on, as far as its disk can promise that: some shares and some
 * folders cannot be opened for it, which is no reason to call what was written lost.
 */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the name goes with the file.
  if (process.platform === 'win32') return
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // There is nothing better to be had from this disk.
  }
}
