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

  test('what a customer sent can be saved after the chat, and never lay in the clear', async ({
    launch,
    simulator,
    profile,
  }) => {
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    const desk = await launch({ args: [keyring] })
    await desk.meet(ana)
    const bytes = Buffer.from('A letter about the heliotrope')
    ana.attach({ name: 'letter.txt', contentType: 'text/plain', bytes })
    await expect.poll(() => readdir(path.join(profile, 'files')).catch(() => [])).toHaveLength(1)
    ana.end()
    await expect(desk.page.getByText(/^Chat ended at/).first()).toBeVisible()
    expect((await bytesOf(profile)).includes('heliotrope')).toBe(false)
    const target = path.join(profile, 'letter.txt')
    await desk.saveTo(target)

    await desk.log('Ana Torres').getByRole('button', { name: 'Save letter.txt' }).click()

    await expect.poll(() => readFile(target, 'utf8').catch(() => '')).toBe(bytes.toString())
    await desk.app.close()
    expect(await readdir(path.join(profile, 'files')).catch(() => [])).toEqual([])
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
