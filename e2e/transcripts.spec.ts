import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

for (const { format, extension } of [
  { format: 'Text', extension: 'txt' },
  { format: 'JSON', extension: 'json' },
]) {
  test(`a conversation is exported as ${format} with everything that was said`, async ({
    desk,
    simulator,
    profile,
  }) => {
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    const said = Array.from({ length: 150 }, (_, index) => `Line ${String(index)} of a long story`)
    ana.sayAll(said)
    await desk.meet(ana)
    await desk.send('Ana Torres', 'Grüße aus dem Lager ✓')
    await expect(desk.log('Ana Torres')).toContainText('Sent')
    const file = path.join(profile, `transcript.${extension}`)
    await desk.saveTo(file)

    await desk.button('Export transcript').click()
    const dialog = desk.page.getByRole('dialog', { name: /Export/ })
    await dialog.getByRole('radio', { name: new RegExp(format, 'i') }).check()
    await dialog.getByRole('button', { name: /^Export/ }).click()
    await expect(dialog.getByText(/SHA-256/)).toBeVisible()

    const written = await readFile(file)
    for (const line of [...said, 'Grüße aus dem Lager ✓']) expect(written.toString()).toContain(line)
    expect(written.toString()).not.toContain('CANARY')
    const sha256 = createHash('sha256').update(written).digest('hex')
    await expect(dialog).toContainText(sha256.slice(0, 8))
  })
}
