import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'

export interface OriginMarkPorts {
  readonly setAttribute: (file: string, name: string, value: string) => Promise<void>
  readonly writeStream: (file: string, content: string) => Promise<void>
  readonly now: () => number
  readonly newId: () => string
}

/**
 * Tells the system that a file came from somebody else, so that it asks before it opens a program or a macro. Where it
 * came from is not said: the address of a file is signed, and lets in whoever has it. A disk that has no place for such
 * a mark takes the file without it.
 */
export async function markOrigin(
  file: string,
  platform: NodeJS.Platform,
  ports: OriginMarkPorts,
): Promise<void> {
  try {
    if (platform === 'win32')
      await ports.writeStream(
        `${file}:Zone.Identifier`,
        '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n',
      )
    else if (platform === 'darwin') await ports.setAttribute(file, 'com.apple.quarantine', quarantine(ports))
    else await ports.setAttribute(file, 'user.xdg.origin.url', 'about:internet')
  } catch {
    // A memory card, a share, or a system without such marks.
  }
}

/** Flags of a download, when in hexadecimal seconds, by whom, and which one. */
function quarantine({ now, newId }: OriginMarkPorts): string {
  return ['0081', Math.floor(now() / 1000).toString(16), 'Parley', newId().toUpperCase()].join(';')
}

export const systemMarks: OriginMarkPorts = {
  setAttribute: async (file, name, value) => {
    // Loaded when it is needed: there is none of it for some systems.
    const { setAttribute } = await import('@napi-rs/xattr')
    await setAttribute(file, name, value)
  },
  writeStream: (file, content) => writeFile(file, content),
  now: () => Date.now(),
  newId: randomUUID,
}
