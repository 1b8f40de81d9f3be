import { app, shell } from 'electron'
import { DeskError } from '#shared/failure.ts'
import { checkLink, type WantedLink } from './link-check.ts'
import type { UserGesture } from './user-gesture.ts'

/**
 * The one door to the system browser. Only after a click or a key, one link for each; assistive technology acts without
 * either, so where it is on the page's word is taken.
 */
export async function openLink(gesture: UserGesture, wanted: WantedLink): Promise<void> {
  const url = checkLink(wanted)
  if (!gesture.take() && !app.isAccessibilitySupportEnabled()) {
    throw new DeskError('denied', 'A link opens after a click or a key. Choose it once more.')
  }
  await shell.openExternal(url)
}
