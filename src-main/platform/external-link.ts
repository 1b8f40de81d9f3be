import { shell } from 'electron'
import { checkLink, type WantedLink } from './link-check.ts'

/** The one door to the system browser. */
export async function openLink(wanted: WantedLink): Promise<void> {
  await shell.openExternal(checkLink(wanted))
}
