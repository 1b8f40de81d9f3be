import type { ElectronApplication, Locator, Page } from '@playwright/test'

interface Drop {
  readonly app: ElectronApplication
  readonly page: Page
  readonly onto: Locator
  readonly files: readonly string[]
}

/** Drops files from disk as the desktop would: a File that a page's script makes has no path and is refused. */
export async function dropFiles({ app, page, onto, files }: Drop): Promise<void> {
  await dragFiles({ app, page, onto, files }, ['dragEnter', 'dragOver', 'drop'])
}

export async function dragFiles(
  { app, page, onto, files }: Drop,
  steps: readonly ('dragEnter' | 'dragOver' | 'drop' | 'dragCancel')[],
): Promise<void> {
  const box = await onto.boundingBox()
  if (box === null) throw new Error('There is nothing to drop onto')
  const devtools = await app.context().newCDPSession(page)
  const where = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of steps) await devtools.send('Input.dispatchDragEvent', { type, ...where, data })
  await devtools.detach()
}
