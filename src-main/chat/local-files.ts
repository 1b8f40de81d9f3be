/** A file on this computer, as the agent chose it. */
export interface LocalFile {
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: number
  /** Which file it is, whatever now stands at its path; absent where nothing else can come to stand there. */
  readonly identity?: string | undefined
  /** What the content says it is, null when it does not say: text has no signature. */
  readonly contentType: string | null
  readonly nature: 'text' | 'program' | 'other'
}

/** One opened file: what was said of it and what is read of it are the same file, whatever happens to its path. */
export interface OpenLocalFile {
  readonly facts: LocalFile
  /** From its beginning. A piece is good until the next one is asked for. */
  read(): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Paths come from the agent's own choice, never from the page. Methods reject with `DeskError` 'file-unreadable'. */
export interface LocalFiles {
  inspect(path: string): Promise<LocalFile>
  /** To be closed by whoever asked. */
  open(path: string): Promise<OpenLocalFile>
  /** An address of the app's own under which the page can show the picture; null when it is none. */
  preview(path: string): Promise<string | null>
}

/** Whether it is still the file that was chosen, and nobody has written to it since. */
export function isSameFile(
  found: Pick<LocalFile, 'bytes' | 'modifiedAt' | 'identity'>,
  chosen: Pick<LocalFile, 'bytes' | 'modifiedAt' | 'identity'>,
): boolean {
  return (
    found.bytes === chosen.bytes &&
    found.modifiedAt === chosen.modifiedAt &&
    // What an earlier version wrote down has no identity.
    (chosen.identity === undefined || found.identity === chosen.identity)
  )
}
