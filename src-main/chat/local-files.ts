/** A file on this computer, as the agent chose it. */
export interface LocalFile {
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: number
  /** What the content says it is, null when it does not say: text has no signature. */
  readonly contentType: string | null
  readonly nature: 'text' | 'program' | 'other'
}

/** Paths come from the agent's own choice, never from the page. Methods reject with `DeskError` 'file-unreadable'. */
export interface LocalFiles {
  inspect(path: string): Promise<LocalFile>
  /** A piece is good until the next one is asked for. */
  read(path: string): AsyncIterable<Uint8Array>
  /** An address of the app's own under which the page can show the picture; null when it is none. */
  preview(path: string): Promise<string | null>
}
