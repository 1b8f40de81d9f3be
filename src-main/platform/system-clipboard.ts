import { clipboard } from 'electron'

const png = 'image/png'

/** What Electron 33 has instead of `read`. */
interface OlderClipboard {
  readImage(): { isEmpty(): boolean; toPNG(): Buffer }
}

/** Empties the clipboard when it still holds exactly this text. */
export async function clearClipboardOf(text: string): Promise<void> {
  // A promise on newer runtimes, the text itself on older ones.
  if ((await clipboard.readText()) === text) clipboard.clear()
}

/** The picture on the clipboard as PNG, null when there is none. */
export async function readClipboardPicture(): Promise<Uint8Array | null> {
  if (isOlder(clipboard)) {
    const image = clipboard.readImage()
    return image.isEmpty() ? null : image.toPNG()
  }
  if (!(await clipboard.has(png))) return null
  for (const found of await clipboard.read()) {
    if (!found.types.includes(png)) continue
    const picture: Blob = await found.getType(png)
    return new Uint8Array(await picture.arrayBuffer())
  }
  return null
}

function isOlder(candidate: object): candidate is OlderClipboard {
  return 'readImage' in candidate
}
