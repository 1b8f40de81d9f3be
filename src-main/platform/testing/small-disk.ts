import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A disk of its own that really fills up. Needs the right to mount; `whyNoSmallDisk` says why not. */
export class SmallDisk {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'parley-small-disk-'))

  constructor(kilobytes: number, inodes = 1024) {
    execFileSync('/bin/mount', [
      '-t',
      'tmpfs',
      '-o',
      `size=${kilobytes}k,nr_inodes=${inodes},mode=700`,
      'tmpfs',
      this.folder,
    ])
  }

  /** Nothing may be open for writing. */
  makeReadOnly(): void {
    execFileSync('/bin/mount', ['-o', 'remount,ro', this.folder])
  }

  remove(): void {
    execFileSync('/bin/umount', ['--lazy', this.folder])
    rmdirSync(this.folder)
  }
}

export const whyNoSmallDisk: string | null = tryMount()

function tryMount(): string | null {
  if (process.platform !== 'linux') return 'only Linux mounts a small disk'
  try {
    new SmallDisk(64).remove()
    return null
  } catch (error) {
    return `mounting is not allowed here: ${String(error)}`
  }
}
