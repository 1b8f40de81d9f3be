import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { Console } from './console.ts'
import { expect, isOpen, startParley, test } from './fixtures.ts'
import { PrivateDesktop } from './private-desktop.ts'
import { asWrittenElsewhere, withDamagedSeal, withDamagedTokens } from './vault-file.ts'

// One profile with a chat in it, sealed by a real keyring; each test finds it as it was left, with the keychain in
// one of the states of the world.
const keyring = '--password-store=gnome-libsecret'
const phrase = 'My secret phrase is heliotrope'

let desktop: PrivateDesktop
let simulator: Simulator
let ana: ContactHandle
let kept: string
let profile: string
let running: Console | null = null

test.beforeAll(async () => {
  desktop = await PrivateDesktop.start()
  simulator = await startSimulator()
  ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say(phrase)
  kept = await mkdtemp(path.join(tmpdir(), 'parley-kept-'))
  profile = kept
  await desktop.startKeyring('home')
  const desk = await start()
  await desk.meet(ana)
  await expect(desk.log('Ana Torres')).toContainText(phrase)
  await desk.composer('Ana Torres').fill('half a thought: quicksilver')
  await expect(desk.page.getByText('Draft saved')).toBeVisible()
  await stop()
})

test.afterAll(async () => {
  await desktop.close()
  await simulator.close()
  await rm(kept, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

test.beforeEach(async () => {
  await desktop.startKeyring('home')
  profile = await mkdtemp(path.join(tmpdir(), 'parley-state-'))
  await cp(kept, profile, { recursive: true })
})

test.afterEach(async () => {
  await stop()
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

async function open(store = keyring): Promise<Console> {
  const args = [`--user-data-dir=${profile}`, `--endpoint=${simulator.endpoint}`, store]
  const app = await startParley(args, desktop.env)
  running = new Console(app, await app.firstWindow())
  return running
}

async function start(store = keyring): Promise<Console> {
  const desk = await open(store)
  await isOpen(desk.page).waitFor()
  return desk
}

async function stop(): Promise<void> {
  await running?.app.close()
  running = null
}

async function expectInMemoryOnly(desk: Console, because: string): Promise<void> {
  await expect(desk.page.getByText('Chats need re-joining after a restart.')).toBeVisible()
  await expect(desk.page.getByText(because)).toBeVisible()
  await expect(desk.row('Ana Torres')).toHaveCount(0)
}

async function expectEverythingBack(): Promise<void> {
  await stop()
  const desk = await start()
  await desk.open('Ana Torres')
  await expect(desk.log('Ana Torres')).toContainText(phrase)
  await expect(desk.composer('Ana Torres')).toHaveValue('half a thought: quicksilver')
  await expect(desk.page.getByText('Chats need re-joining')).toHaveCount(0)
}

const vault = (): string => path.join(profile, 'vault.json')

/** Both copies of the vault: while one of them is whole, it stands in for the other. */
async function writeVault(content: string): Promise<void> {
  for (const name of ['vault.json', 'vault-copy.json']) await writeFile(path.join(profile, name), content)
}

async function setAside(): Promise<readonly string[]> {
  const names = await readdir(profile)
  return names.filter((name) => name.startsWith('vault.json.broken-')).map((name) => path.join(profile, name))
}

/** What was set aside is put back by hand. */
async function putBack(): Promise<void> {
  await stop()
  const [file = ''] = await setAside()
  await cp(file, vault())
}

async function expectSetAside(bytes: Buffer): Promise<void> {
  const files = await setAside()
  expect(files).toHaveLength(1)
  expect(await readFile(files[0] ?? '')).toEqual(bytes)
}

test('missing: no keychain where there was one leaves everything as it is', async () => {
  const before = await readFile(vault())
  const desk = await start('--password-store=basic')

  await expectInMemoryOnly(desk, 'This computer has no keychain.')
  expect(await readFile(vault())).toEqual(before)
  await expectEverythingBack()
})

test('locked: says so, works in memory, and once unlocked the next start has everything', async () => {
  const before = await readFile(vault())
  await desktop.lockKeyring()
  const desk = await start()

  await expectInMemoryOnly(desk, 'The keychain is locked.')
  await desktop.unlockKeyring()
  const bo = simulator.contact({ customerName: 'Bo Lind' })
  await desk.meet(bo)
  await desk.send('Bo Lind', 'Hello Bo')
  await expect(desk.log('Bo Lind')).toContainText('Sent')
  expect(await readFile(vault())).toEqual(before)
  await expectEverythingBack()
})

test('changed: a keyring without our secret sets the vault aside, which the right one still opens', async () => {
  const before = await readFile(vault())
  await desktop.startKeyring('another')
  const desk = await start()

  await expectInMemoryOnly(desk, 'The keychain changed.')
  await expectSetAside(before)
  await desktop.startKeyring('home')
  await putBack()
  await expectEverythingBack()
})

test('changed: a deleted secret is the same, and the start after begins anew beside what was kept', async () => {
  const before = await readFile(vault())
  await desktop.startCopyOfKeyring('home', 'pruned')
  await desktop.deleteSecret()
  await expectInMemoryOnly(await start(), 'The keychain changed.')
  await stop()

  const second = await start()
  await expect(second.page.getByText('The saved conversations could not be read.')).toBeVisible()
  await expect(second.page.getByText('Chats need re-joining')).toHaveCount(0)
  await expectSetAside(before)
  expect((await readdir(profile)).some((name) => /^parley\.db\.broken-\w+$/.test(name))).toBe(true)
})

test('foreign: a profile from another computer is told apart and set aside', async () => {
  const foreign = asWrittenElsewhere(await readFile(vault(), 'utf8'))
  await writeVault(foreign)
  await desktop.startKeyring('elsewhere')
  const desk = await start()

  await expectInMemoryOnly(desk, 'The saved secrets belong to another computer or user.')
  await expectSetAside(Buffer.from(foreign))
  await desktop.startKeyring('home')
  await putBack()
  await expectEverythingBack()
})

for (const [name, damage] of [
  ['is no JSON any more', (text: string) => text.slice(0, text.length / 2)],
  ['has a damaged seal', withDamagedSeal],
] as const) {
  test(`corrupted: a vault that ${name} is set aside as it is`, async () => {
    const damaged = damage(await readFile(vault(), 'utf8'))
    await writeVault(damaged)
    const desk = await start()

    await expectInMemoryOnly(desk, 'The file of saved secrets is damaged.')
    await expectSetAside(Buffer.from(damaged))
  })
}

test('corrupted: one damaged secret costs only itself, and a copy of the file stays', async () => {
  await writeVault(withDamagedTokens(await readFile(vault(), 'utf8')))
  const before = await readFile(vault())
  const desk = await start()

  await expect(desk.page.getByText(/saved sign-ins? could not be read/)).toBeVisible()
  await desk.open('Ana Torres')
  await expect(desk.log('Ana Torres')).toContainText(phrase)
  await expectSetAside(before)
})

test('temporarily unavailable: one that comes onto the bus a moment later is waited for', async () => {
  await desktop.stopKeyring()
  const desk = await open()

  await expect(desk.page.getByText('Opening your conversations…')).toBeVisible()
  await desktop.startKeyring('home')

  await desk.open('Ana Torres')
  await expect(desk.log('Ana Torres')).toContainText(phrase)
})

for (const [name, arrange] of [
  ['is not there', () => desktop.stopKeyring()],
  ['hangs', () => desktop.hangKeyring()],
] as const) {
  test(`temporarily unavailable: one that ${name} holds up neither the window nor the work`, async () => {
    const before = await readFile(vault())
    await arrange()
    const began = Date.now()
    const desk = await open()
    await expect(desk.page.getByText('Opening your conversations…')).toBeVisible()
    const shown = Date.now() - began

    await isOpen(desk.page).waitFor()
    test.info().annotations.push({ type: 'window, ms', description: String(shown) })
    expect(shown).toBeLessThan(3_000)
    await expectInMemoryOnly(desk, 'The keychain does not answer.')
    expect(await readFile(vault())).toEqual(before)
    await stop()
    await desktop.startKeyring('home')
    await expectEverythingBack()
  })
}
