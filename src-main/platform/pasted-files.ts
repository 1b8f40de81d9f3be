import { DeskError } from '#shared/failure.ts'
import type { LocalFile, LocalFiles, OpenLocalFile } from '../chat/local-files.ts'
import type { ShowPicture } from './local-files.ts'

const mark = 'pasted:'
const png = 'image/png'

interface Pasted {
  readonly name: string
  readonly bytes: Uint8Array
  readonly at: number
}

/** Pictures from the clipboard beside files from the disk: held in memory, since they were never anywhere else. */
export class PastedFiles implements LocalFiles {
  readonly #onDisk: LocalFiles
  readonly #show: ShowPicture
  readonly #now: () => number
  readonly #pasted = new Map<string, Pasted>()

  constructor(onDisk: LocalFiles, show: ShowPicture, now: () => number) {
    this.#onDisk = onDisk
    this.#show = show
    this.#now = now
  }

  /** Returns the path the picture goes by from now on. Throws 'file-unreadable' for null. */
  keep(bytes: Uint8Array | null): string {
    if (bytes === null) throw new DeskError('file-unreadable', 'There is no picture on the clipboard.')
    const at = this.#now()
    // Not a number alone: the first one after a restart is another one than the first one before.
    const path = `${mark}${at.toString(36)}-${String(this.#pasted.size + 1)}`
    const time = new Date(at).toLocaleTimeString('en-GB').replaceAll(':', '.')
    this.#pasted.set(path, { name: `Pasted picture ${time}.png`, bytes, at })
    return path
  }

  inspect(path: string): Promise<LocalFile> {
    if (!path.startsWith(mark)) return this.#onDisk.inspect(path)
    return this.#find(path).then(({ name, bytes, at }) => ({
      name,
      bytes: bytes.length,
      modifiedAt: at,
      contentType: png,
      nature: 'other',
    }))
  }

  async open(path: string): Promise<OpenLocalFile> {
    if (!path.startsWith(mark)) return this.#onDisk.open(path)
    const facts = await this.inspect(path)
    const { bytes } = await this.#find(path)
    return {
      facts,
      async *read() {
        yield await Promise.resolve(bytes)
      },
      close: () => Promise.resolve(),
    }
  }

  async preview(path: string): Promise<string | null> {
    if (!path.startsWith(mark)) return this.#onDisk.preview(path)
    return this.#show({ bytes: (await this.#find(path)).bytes, contentType: png })
  }

  #find(path: string): Promise<Pasted> {
    const found = this.#pasted.get(path)
    if (found !== undefined) return Promise.resolve(found)
    return Promise.reject(
      new DeskError(
        'file-unreadable',
        'The pasted picture is gone, since Parley was restarted. Paste it again.',
      ),
    )
  }
}
