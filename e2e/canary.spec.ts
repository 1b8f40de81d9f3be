import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'

// What may lie on disk only sealed: tokens and socket addresses begin with the first, people said or sent the others.
const secrets = ['CANARY-', 'heliotrope', 'xylophone', 'quicksilver', 'marmalade', 'periwinkle']

/** The ways a text may lie in a file: as it is, wide, in hex and in base64 at each of the three places. */
function disguises(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text)
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // The first and last characters mix with their neighbours.
    return encoded.slice(shift === 0 ? 0 : 4, Math.floor(((shift + bytes.length) * 4) / 3 / 4) * 4)
  })
  const texts = [hex, hex.toUpperCase(), ...base64]
  return [bytes, Buffer.from(text, 'utf16le'), ...texts.map((one) => Buffer.from(one))]
}

async function leaks(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    const inside = secrets.filter((secret) => disguises(secret).some((form) => bytes.includes(form)))
    const outside = secrets.filter((secret) => file.slice(folder.length).includes(secret))
    for (const secret of [...inside, ...outside]) found.push(`${secret} in ${file}`)
  }
  return found
}

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
