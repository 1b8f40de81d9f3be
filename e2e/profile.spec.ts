import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test('[L17] a profile that cannot be written opens a window that says so, and chats go on in memory', async ({
  launch,
  simulator,
  profile,
}) => {
  await writeFile(path.join(profile, 'file'), '')
  const folder = path.join(profile, 'file', 'profile')
  const desk = await launch({ args: [`--user-data-dir=${folder}`] })
  const ana = simulator.contact({ customerName: 'Ana Torres' })

  await expect(
    desk.page.getByRole('alert').filter({ hasText: 'Nothing can be saved' }).filter({ hasText: folder }),
  ).toBeVisible()
  await desk.meet(ana)
  await desk.send('Ana Torres', 'Hello')
  await expect(desk.log('Ana Torres')).toContainText('Sent')
})

test('[E4] a lock of another computer never ends the app without a word', async ({ launch, profile }) => {
  await mkdir(path.join(profile, 'SingletonLock'))
  await writeFile(path.join(profile, 'parley.open'), JSON.stringify({ host: 'desk-4', user: 'ana' }))
  const before = await readdir(profile)

  const desk = await launch()

  await expect(
    desk.page.getByRole('alert').filter({ hasText: 'Parley is open with this profile on desk-4.' }),
  ).toBeVisible()
  await desk.app.close()
  expect(await readdir(profile)).toEqual(before)
})
