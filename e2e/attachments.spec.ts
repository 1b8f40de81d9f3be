import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { getAttribute } from '@napi-rs/xattr'
import { expect, test } from './customer.ts'
import { dragFiles, dropFiles } from './drop.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function aPdf(size: number): Buffer {
  const head = Buffer.from('%PDF-1.4\n')
  return Buffer.concat([head, Buffer.alloc(size - head.length, 'x')])
}

test('a file dropped on a conversation reaches its customer byte for byte', async ({ desk, ana, folder }) => {
  const file = path.join(folder, 'fitting-guide.pdf')
  const bytes = aPdf(300_000)
  await writeFile(file, bytes)

  const onto = desk.log('Ana Torres')
  await dragFiles({ app: desk.app, page: desk.page, onto, files: [file] }, ['dragEnter', 'dragOver'])
  await expect(desk.page.getByText('Drop to send to Ana Torres').first()).toBeVisible()
  await dropFiles({ app: desk.app, page: desk.page, onto, files: [file] })
  await desk.page.getByRole('button', { name: /^Send (1 )?file/ }).click()

  await expect.poll(() => ana.truth().attachments.map((one) => one.sha256)).toEqual([sha256(bytes)])
  await expect(desk.log('Ana Torres')).toContainText('fitting-guide.pdf')
  expect(ana.truth().attachments.map(({ puts, completes }) => [puts, completes])).toEqual([[1, 1]])
})

test('files that no chat takes are refused with the reason, and nothing is sent', async ({
  desk,
  ana,
  simulator,
  folder,
}) => {
  const setup = path.join(folder, 'setup.exe')
  const large = path.join(folder, 'manual.pdf')
  const empty = path.join(folder, 'empty.txt')
  await writeFile(setup, Buffer.from('MZ and so on'))
  await writeFile(large, aPdf(20 * 1024 * 1024 + 1))
  await writeFile(empty, '')

  await dropFiles({
    app: desk.app,
    page: desk.page,
    onto: desk.log(ana.customerName),
    files: [setup, large, empty],
  })

  await expect(desk.page.getByText(/\.exe/).first()).toBeVisible()
  await expect(desk.page.getByText(/limit 20 MB/).first()).toBeVisible()
  await expect(desk.page.getByText(/empty/i).first()).toBeVisible()
  expect(simulator.requests({ operation: 'StartAttachmentUpload' })).toEqual([])
})

test('[K9] a file from the customer is saved with the bytes the customer sent, and with the mark of its origin', async ({
  desk,
  ana,
  folder,
}) => {
  const bytes = aPdf(50_000)
  ana.attach({ name: 'order.pdf', contentType: 'application/pdf', bytes })
  await expect(desk.log('Ana Torres')).toContainText('order.pdf')
  const file = path.join(folder, 'saved.pdf')
  await desk.saveTo(file)

  await desk
    .log('Ana Torres')
    .getByRole('button', { name: /Save order\.pdf/ })
    .click()

  await expect.poll(async () => sha256(await readFile(file).catch(() => Buffer.alloc(0)))).toBe(sha256(bytes))
  const mark = await getAttribute(file, 'user.xdg.origin.url')
  if (process.platform === 'linux') expect(String(mark)).toBe('about:internet')
})

test('an upload that storage refuses is never completed and can be tried again', async ({
  desk,
  ana,
  simulator,
  folder,
}) => {
  const file = path.join(folder, 'guide.pdf')
  await writeFile(file, aPdf(40_000))
  simulator.faults.add({ kind: 'storage-403' })

  await dropFiles({ app: desk.app, page: desk.page, onto: desk.log('Ana Torres'), files: [file] })
  await desk.page.getByRole('button', { name: /^Send (1 )?file/ }).click()
  await expect(desk.page.getByRole('button', { name: /^Retry/ })).toBeVisible({ timeout: 20_000 })
  expect(simulator.requests({ operation: 'CompleteAttachmentUpload' })).toEqual([])
  simulator.faults.clear()
  await desk.page.getByRole('button', { name: /^Retry/ }).click()

  await expect
    .poll(() => ana.truth().attachments.filter(({ status }) => status === 'APPROVED').length)
    .toBe(1)
})
