import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { leaks } from './leaks.ts'

test('the search finds a phrase in every disguise it looks for', async ({ profile }) => {
  const said = Buffer.from('My word is heliotrope, really')
  const shifted = [said, said.subarray(1), said.subarray(2)].map((one) => one.toString('base64'))
  const forms = [said, said.toString('hex'), Buffer.from(said.toString(), 'utf16le'), ...shifted]

  for (const [index, form] of forms.entries()) await writeFile(path.join(profile, String(index)), form)

  expect(await leaks(profile)).toHaveLength(forms.length)
})

for (const [name, store] of [
  ['sealed by the keyring', '--password-store=gnome-libsecret'],
  ['in memory only', '--password-store=basic'],
] as const) {
  test(`nothing said, typed, sent or named lies in the clear: ${name}`, async ({
    launch,
    simulator,
    profile,
  }) => {
    const outside = await mkdtemp(path.join(tmpdir(), 'parley-sent-'))
    const file = path.join(outside, 'marmalade.txt')
    await writeFile(file, 'The recipe is periwinkle')
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    ana.say('My secret phrase is heliotrope')
    const desk = await launch({ args: [store] })
    await desk.meet(ana)
    await desk.send('Ana Torres', 'Understood, xylophone')
    await desk.page.locator('input[type=file]').setInputFiles(file)
    await desk.page.getByRole('button', { name: /^Send (1 )?file/ }).click()
    await expect.poll(() => ana.truth().attachments.map(({ status }) => status)).toEqual(['APPROVED'])
    await desk.composer('Ana Torres').fill('half a thought: quicksilver')
    await expect(desk.log('Ana Torres')).toContainText('heliotrope')
    await search(desk, 'heliotrope')
    simulator.faults.add({ kind: 'drop-sockets' })
    simulator.faults.add({ kind: 'http-error', status: 500, durationMs: 500 })
    await desk.send('Ana Torres', 'Again: xylophone')
    await expect
      .poll(() => ana.truth().transcript.filter(({ Content }) => Content?.startsWith('Again')))
      .toHaveLength(1)

    expect(await leaks(profile)).toEqual([])
    const exit = new Promise((resolve) => desk.app.process().once('exit', resolve))
    desk.app.process().kill('SIGKILL')
    await exit

    expect(await leaks(profile)).toEqual([])
    await rm(outside, { recursive: true })
  })
}

async function search(desk: Console, text: string): Promise<void> {
  await desk.page.keyboard.press('ControlOrMeta+f')
  await desk.page.keyboard.type(text)
}
