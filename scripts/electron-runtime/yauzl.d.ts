declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileName: string
    readonly compressedSize: number
    readonly externalFileAttributes: number
  }

  export interface ZipFile {
    readonly fileSize: number
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<Readable>
  }

  export function openPromise(path: string): Promise<ZipFile>
}
