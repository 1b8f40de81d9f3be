import { appendFile, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'

const keyring = '--password-store=gnome-libsecret'

async function chatsInVault(profile: string): Promise<number> {
  const { entries } = JSON.parse(await readFile(path.join(profile, 'vault.json'), 'utf8')) as {
    entries: readonly { readonly kind: string }[]
  }
  return entries.filter(({ kind }) => kind === 'participant').length
}

async function expectLive(desk: Console, customer: string): Promise<void> {
  await desk.open(customer)
  await desk.send(customer, 'Here again')
  await expect(desk.log(customer)).toContainText('Sent')
}

test('a typo in the settings costs no conversation', async ({ launch, simulator, profile }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('Where is my order?')
  const first = await launch({ args: [keyring] })
  await first.meet(ana)
  await expect(first.log('Ana Torres')).toContainText('Where is my order?')
  await first.app.close()
  await appendFile(path.join(profile, 'settings.json'), 'x')

  const second = await launch({ args: [keyring] })

  await expect(second.page.getByText('The settings could not be read.')).toBeVisible()
  await expectLive(second, 'Ana Torres')
  await expect(second.log('Ana Torres')).toContainText('Where is my order?')
})

test('live chats come back when the database is lost', async ({ launch, simulator, profile }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('Where is my order?')
  const first = await launch({ args: [keyring] })
  await first.meet(ana)
  await expect(first.log('Ana Torres')).toContainText('Where is my order?')
  await first.app.close()
  for (const name of await readdir(profile))
    if (name.startsWith('parley.db'))
      await rename(path.join(profile, name), path.join(profile, `lost-${name}`))

  const second = await launch({ args: [keyring] })

  await expectLive(second, 'Ana Torres')
  await expect(second.log('Ana Torres')).toContainText('Where is my order?')
})

test('[L1] [L15] live chats come back, and what is lost is told, when vault and database are damaged at once', async ({
  launch,
  simulator,
  profile,
}) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('Where is my order?')
  const first = await launch({ args: [keyring] })
  await first.meet(ana)
  await expect(first.log('Ana Torres')).toContainText('Where is my order?')
  simulator.faults.add({ kind: 'http-error', status: 503, operation: 'SendMessage' })
  await first.send('Ana Torres', 'I look it up')
  await first.composer('Ana Torres').fill('half a thought')
  await expect(first.page.getByText('Draft saved')).toBeVisible()
  await first.app.close()
  simulator.faults.clear()
  await writeFile(path.join(profile, 'vault.json'), '')
  await writeFile(path.join(profile, 'parley.db'), '')

  const second = await launch({ args: [keyring] })

  await expectLive(second, 'Ana Torres')
  await expect(second.log('Ana Torres')).toContainText('Where is my order?')
  await expect(
    second.page.getByRole('alert').filter({ hasText: '1 draft and 1 message that was waiting to be sent' }),
  ).toBeVisible()
})

test('signing out forgets the chats and keeps the settings', async ({ launch, simulator, profile }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  const desk = await launch({ args: [keyring] })
  await desk.meet(ana)
  await expect.poll(() => chatsInVault(profile)).toBe(1)
  await writeFile(path.join(profile, 'parley.db.broken-20260105T090000'), 'of an earlier start')

  await desk.runCommand('Sign out and forget')
  const dialog = desk.page.getByRole('dialog', { name: 'Sign out and forget?' })
  await expect(dialog).toContainText('You leave 1 live chat.')
  await dialog.getByRole('button', { name: 'Sign out and forget' }).click()

  await expect(desk.row('Ana Torres')).toHaveCount(0)
  expect(await chatsInVault(profile)).toBe(0)
  await expect
    .poll(async () => (await readdir(profile)).filter((name) => name.includes('broken')))
    .toEqual([])
  await expect(dialog).toBeHidden()
  await desk.app.close()
  const again = await launch({ args: [keyring] })
  await expect(again.row('Ana Torres')).toHaveCount(0)
  expect(JSON.stringify(JSON.parse(await readFile(path.join(profile, 'settings.json'), 'utf8')))).toContain(
    simulator.endpoint,
  )
})
