import type { Settings } from '#shared/model.ts'
import type { LastWords } from './ipc/last-words.ts'

export interface ClosingPorts {
  /** The administrator's word, else the setting. */
  readonly choice: () => Settings['closing']
  readonly isAnythingOpen: () => boolean
  /** Asks the page to ask; not heard where there is none, or it hangs. */
  readonly question: Pick<LastWords, 'ask'>
  /** Brings the window to where its question can be seen. */
  readonly raise: () => void
  readonly hide: () => void
  readonly quit: () => void
}

/** The X of the window wants it out of the way; the menu's "Quit" wants Parley to end. */
export type Wish = 'close' | 'quit'

/**
 * What a person's wish to close comes to. A page that cannot ask keeps nobody from quitting; but a window that is merely
 * closed leaves no customer alone for it.
 */
export async function leave(wish: Wish, ports: ClosingPorts): Promise<void> {
  const choice = ports.choice()
  if (!ports.isAnythingOpen() || choice === 'quit') {
    ports.quit()
    return
  }
  if (wish === 'close' && choice === 'tray') {
    ports.hide()
    return
  }
  ports.raise()
  if (await ports.question.ask()) return
  if (wish === 'quit') ports.quit()
  else ports.hide()
}

/** The answer to the question. */
export function goTo(window: { hide(): void }, quit: () => void, to: 'tray' | 'quit'): void {
  if (to === 'tray') window.hide()
  else quit()
}
