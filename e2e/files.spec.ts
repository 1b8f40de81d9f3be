import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './customer.ts'
import { dropFiles } from './drop.ts'

const aPdf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(size - 9, 'x')])
/** One pixel. */
const aPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('several files go together, each with its kind and size on its chip', async ({ desk, ana, folder }) => {
  const names = ['one.pdf', 'two.csv', 'three.png']
  const contents = [aPdf(2_400), Buffer.from('BMW;X5\n'), aPng]
  const files = names.map((name) => path.join(folder, name))
  await Promise.all(files.map((file, index) => writeFile(file, contents[index] ?? '')))

  await dropFiles({ app: desk.app, page: desk.page, onto: desk.log('Ana Torres'), files })
  const tray = desk.page.getByRole('list', { name: 'Files for Ana Torres' })
  await expect(tray.getByRole('listitem')).toHaveCount(3)
  await expect(tray).toContainText('PDF · 2 KB')
  await expect(tray).toContainText('CSV · 7 bytes')
  await desk.button('Send files').click()

  await expect
    .poll(() => ana.truth().attachments.map(({ name, status }) => [name, status]))
    .toEqual(names.map((name) => [name, 'APPROVED']))
})

test('a picture on the clipboard is pasted into the tray and sent', async ({ desk, ana }) => {
  await desk.app.evaluate(({ clipboard, ClipboardItem, nativeImage }, png) => {
    const older = clipboard as unknown as { writeImage?: (image: Electron.NativeImage) => void }
    const bytes = Buffer.from(png, 'base64')
    if (older.writeImage !== undefined) older.writeImage(nativeImage.createFromBuffer(bytes))
    else void clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
  }, aPng.toString('base64'))

  await desk.composer('Ana Torres').focus()
  await desk.page.keyboard.press('ControlOrMeta+v')
  await expect(desk.page.getByText(/Pasted picture/).first()).toBeVisible()
  await desk.button('Send files').click()

  await expect.poll(() => ana.truth().attachments.map(({ status }) => status)).toEqual(['APPROVED'])
})

test('an upload under way can be cancelled, and the file sent after all', async ({
  desk,
  ana,
  simulator,
  folder,
}) => {
  const file = path.join(folder, 'guide.pdf')
  await writeFile(file, aPdf(40_000))
  simulator.faults.add({ kind: 'hang', operation: 'PutObject', count: 1 })
  const drop = { app: desk.app, page: desk.page, onto: desk.log('Ana Torres'), files: [file] }

  await dropFiles(drop)
  await desk.button('Send files').click()
  await desk.button('Cancel guide.pdf').click()
  await expect(desk.page.getByRole('list', { name: 'Files for Ana Torres' })).toBeHidden()
  simulator.faults.clear()
  await dropFiles(drop)
  await desk.button('Send files').click()

  await expect
    .poll(() => ana.truth().attachments.filter(({ status }) => status === 'APPROVED').length)
    .toBe(1)
  expect(simulator.requests({ operation: 'CompleteAttachmentUpload' })).toHaveLength(1)
})

test('a verdict in an item of its own settles the one card there is', async ({ desk, ana, simulator }) => {
  simulator.set({ inProgressItemPushed: true, verdictKeepsItemId: false, scanMs: 1500 })
  ana.attach({ name: 'order.pdf', contentType: 'application/pdf', bytes: aPdf(5_000) })
  const cards = desk.log('Ana Torres').getByRole('group', { name: 'File order.pdf' })

  await expect(cards).toContainText('Being scanned')
  await expect(cards).toContainText('Scan passed')

  await expect(cards).toHaveCount(1)
  await expect(desk.page.getByText('1 of 35')).toBeVisible()
})

test('a picture opens large and is zoomed', async ({ desk, ana }) => {
  ana.attach({ name: 'photo.png', contentType: 'image/png', bytes: aPng })
  await desk.log('Ana Torres').getByRole('button', { name: 'Open photo.png' }).click()
  const dialog = desk.page.getByRole('dialog', { name: 'photo.png' })

  await dialog.getByRole('button', { name: 'Zoom in' }).click()

  await expect(dialog).toContainText('150 %')
  await expect
    .poll(() =>
      dialog.getByRole('img').evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth),
    )
    .toBe(1)
})

test('files are saved together after the customer left, and shown in their folder', async ({
  desk,
  ana,
  folder,
  simulator,
}) => {
  const target = path.join(folder, 'saved')
  await mkdir(target)
  const first = aPdf(5_000)
  ana.attach({ name: 'order.pdf', contentType: 'application/pdf', bytes: first })
  ana.attach({ name: 'invoice\u202egpj.pdf', contentType: 'application/pdf', bytes: aPdf(6_000) })
  await expect(desk.log('Ana Torres').getByRole('group', { name: 'File invoicegpj.pdf' })).toBeVisible()
  await expect.poll(() => simulator.requests({ operation: 'GetObject' }).length).toBe(2)
  ana.end()
  await expect(desk.page.getByText(/^Chat ended at/).first()).toBeVisible()
  await desk.saveInto(target)
  const shown = await desk.watchFolders()

  await desk.button('Save all').click()

  await expect(desk.page.getByText('2 files saved.')).toBeVisible()
  expect((await readFile(path.join(target, 'order.pdf'))).equals(first)).toBe(true)
  await desk.log('Ana Torres').getByRole('button', { name: 'Show order.pdf in folder' }).click()
  await expect.poll(shown).toEqual([path.join(target, 'order.pdf')])
})
