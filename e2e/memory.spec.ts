import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { median, residentGrowth } from './resident-memory.ts'

const megabyte = 1024 * 1024
const mostGrowth = 15
const times = 3

function bytesOf(kind: 'pdf' | 'png', size: number): Buffer {
  const head = kind === 'pdf' ? Buffer.from('%PDF-1.4\n') : onePixel
  return Buffer.concat([head, Buffer.alloc(size - head.length, 'x')])
}

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

async function upload({ page }: Console, ana: ContactHandle, file: string): Promise<void> {
  const before = approved(ana)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Send files' }).click()
  await expect.poll(() => approved(ana), { timeout: 30_000 }).toBe(before + 1)
  await expect(page.getByRole('list', { name: /^Files for/ })).toBeHidden()
}

const approved = (ana: ContactHandle): number =>
  [...ana.room.attachments.values()].filter(({ status }) => status === 'APPROVED').length

async function growthOf(desk: Console, act: (round: number) => Promise<void>): Promise<number> {
  const processId = desk.app.process().pid ?? 0
  const growths: number[] = []
  for (let round = 1; round <= times; round += 1) {
    growths.push(await residentGrowth(processId, () => act(round)))
  }
  const description = growths.map((growth) => growth.toFixed(1)).join(', ')
  test.info().annotations.push({ type: 'growth of resident memory, MB', description })
  process.stdout.write(`${test.info().title}: ${description} MB\n`)
  return median(growths)
}

for (const kind of ['pdf', 'png'] as const) {
  test(`sending a ${kind} of 20 MB takes less than ${String(mostGrowth)} MB of the main process`, async ({
    desk,
    simulator,
  }, info) => {
    test.setTimeout(180_000)
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    await desk.meet(ana)
    const [small, large] = [info.outputPath(`small.${kind}`), info.outputPath(`large.${kind}`)]
    await writeFile(small, bytesOf(kind, megabyte))
    await writeFile(large, bytesOf(kind, 20 * megabyte))
    await upload(desk, ana, small)
    await upload(desk, ana, small)

    const growth = await growthOf(desk, () => upload(desk, ana, large))

    expect(growth).toBeLessThan(mostGrowth)
  })
}

test('saving a file of 20 MB takes less of the main process than the file is large', async ({
  desk,
  simulator,
  profile,
}) => {
  test.setTimeout(180_000)
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  const bytes = bytesOf('pdf', 20 * megabyte)
  ana.attach({ name: 'small.pdf', contentType: 'application/pdf', bytes: bytes.subarray(0, megabyte) })
  ana.attach({ name: 'large.pdf', contentType: 'application/pdf', bytes })
  const save = async (name: string, target: string, size: number): Promise<void> => {
    await desk.saveTo(target)
    await desk
      .log('Ana Torres')
      .getByRole('button', { name: `Save ${name}` })
      .click()
    const saved = (): Promise<number> =>
      readFile(target).then(
        ({ length }) => length,
        () => 0,
      )
    await expect.poll(saved, { timeout: 30_000 }).toBe(size)
  }
  await save('small.pdf', path.join(profile, 'saved-small.pdf'), megabyte)

  const growth = await growthOf(desk, (round) =>
    save('large.pdf', path.join(profile, `saved-${String(round)}.pdf`), bytes.length),
  )

  expect(growth).toBeLessThan(20)
})
