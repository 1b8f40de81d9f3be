import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

const keyring = '--password-store=gnome-libsecret'

async function bytesOf(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0)))))
}

test.describe('with the desktop keyring', () => {
  test.beforeEach(() => {
    // Set by scripts/with-keyring.sh, which the test command always uses.
    expect(process.env['DBUS_SESSION_BUS_ADDRESS']).toBeTruthy()
  })

  test('chats, messages and drafts survive a restart, and nothing of them lies in the clear', async ({
    launch,
    simulator,
    profile,
  }) => {
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    ana.say('My secret phrase is heliotrope')
    const first = await launch({ args: [keyring] })
    await first.meet(ana)
    await first.send('Ana Torres', 'Understood, xylophone')
    await expect(first.log('Ana Torres')).toContainText('Sent')
    await first.composer('Ana Torres').fill('half a thought: quicksilver')
    await expect(first.page.getByText('Draft saved')).toBeVisible()
    await first.app.close()
    ana.say('Said while nobody was there')

    const second = await launch({ args: [keyring] })
    await second.open('Ana Torres')

    await expect(second.log('Ana Torres')).toContainText('heliotrope')
    await expect(second.log('Ana Torres')).toContainText('xylophone')
    await expect(second.log('Ana Torres')).toContainText('Said while nobody was there')
    await expect(second.composer('Ana Torres')).toHaveValue('half a thought: quicksilver')
    const disk = await bytesOf(profile)
    for (const phrase of ['heliotrope', 'xylophone', 'quicksilver', 'CANARY-'])
      expect(disk.includes(phrase)).toBe(false)
  })
})

test('without a keychain nothing is kept, and the console says so', async ({
  launch,
  simulator,
  profile,
}) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('My secret phrase is heliotrope')
  const first = await launch({ args: ['--password-store=basic'] })
  await first.meet(ana)
  await expect(first.page.getByText(/after a restart/)).toBeVisible()
  await first.app.close()

  const disk = await bytesOf(profile)
  expect(disk.includes('heliotrope')).toBe(false)
  expect(disk.includes('CANARY-')).toBe(false)
  const second = await launch({ args: ['--password-store=basic'] })
  await expect(second.page.getByRole('radiogroup', { name: 'How do chats reach you?' })).toBeVisible()
})
