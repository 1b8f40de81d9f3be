import { execFileSync } from 'node:child_process'
import { link, mkdir, mkdtemp, realpath, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isSameFile } from '../chat/local-files.ts'
import { guardOf, isForeignPath } from './guarded-places.ts'
import { createLocalFiles } from './local-files.ts'

let home: string
let profile: string
let files: ReturnType<typeof createLocalFiles>

beforeEach(async () => {
  home = await realpath(await mkdtemp(path.join(tmpdir(), 'parley-home-')))
  profile = path.join(home, 'profile')
  await mkdir(path.join(home, '.ssh'))
  await mkdir(profile)
  await writeFile(path.join(home, '.ssh/id.txt'), 'PRIVATE KEY')
  await writeFile(path.join(profile, 'settings.txt'), '{}')
  await writeFile(path.join(home, 'notes.txt'), 'notes')
  files = createLocalFiles(() => 'picture', profile)
})

afterEach(() => rm(home, { recursive: true, force: true }))

async function sentenceOf(file: string): Promise<string> {
  const all = await Promise.allSettled([files.inspect(file), files.open(file), files.preview(file)])
  const reasons = all.map((one) => (one.status === 'rejected' ? String(one.reason) : 'none'))
  expect(new Set(reasons).size).toBe(1)
  return reasons[0] ?? ''
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(Buffer.from(piece))
  return Buffer.concat(all).toString()
}

describe('[K7] a path that a page names', () => {
  it('is not followed where it is a link', async () => {
    await symlink(path.join(home, '.ssh/id.txt'), path.join(home, 'offer.txt'))
    await symlink(path.join(home, 'notes.txt'), path.join(home, 'harmless.txt'))

    expect(await sentenceOf(path.join(home, 'offer.txt'))).toContain('offer.txt is reached by a link')
    expect(await sentenceOf(path.join(home, 'harmless.txt'))).toContain('is reached by a link')
  })

  it('is not followed where a folder on its way is a link', async () => {
    await symlink(path.join(home, '.ssh'), path.join(home, 'letters'))
    await symlink(home, path.join(home, 'again'))

    expect(await sentenceOf(path.join(home, 'letters/id.txt'))).toMatch(
      /by a link. Add it from \S+\.ssh itself/,
    )
    expect(await sentenceOf(path.join(home, 'again/notes.txt'))).toContain('is reached by a link')
    expect(await sentenceOf(path.join(home, 'again/../.ssh/id.txt'))).toContain('keys and passwords')
  })

  it.each([
    ['a key', '.ssh/id.txt', 'lies where keys and passwords are kept'],
    ['what is the own profile', 'profile/settings.txt', 'belongs to Parley itself'],
    ['a folder', '.', 'is not a file'],
    ['what is not there', 'gone.txt', 'cannot be read'],
  ])('is refused with a sentence where it is %s', async (_, file, sentence) => {
    expect(await sentenceOf(path.join(home, file))).toContain(sentence)
  })

  it('is refused where it is a pipe, without waiting for its other end', async () => {
    execFileSync('mkfifo', [path.join(home, 'pipe.txt')])

    expect(await sentenceOf(path.join(home, 'pipe.txt'))).toContain('is not a file')
  })

  it.each([
    'notes.txt',
    './notes.txt',
    '',
    '//host/share/a.txt',
    '\\\\host\\share\\a.txt',
    '/a\0.txt',
    '/proc/self/environ',
    '/dev/null',
  ])('is refused where it is no place on a disk: %j', async (file) => {
    expect(await sentenceOf(file)).toMatch(/no place|another computer|belongs to the system/)
  })
})

describe('[K7] what was looked at', () => {
  it('is what is read, when another file is put in its place meanwhile', async () => {
    const file = path.join(home, 'notes.txt')
    const opened = await files.open(file)
    await writeFile(path.join(home, 'other.txt'), 'other')
    await rename(path.join(home, 'other.txt'), file)

    expect(await textOf(opened.read())).toBe('notes')
    await opened.close()
  })

  it('is told from a file of the same size and time that was put in its place', async () => {
    const file = path.join(home, 'notes.txt')
    await utimes(file, 1000, 1000)
    const chosen = await files.inspect(file)
    await writeFile(path.join(home, 'other.txt'), 'other')
    await utimes(path.join(home, 'other.txt'), 1000, 1000)
    await rename(path.join(home, 'other.txt'), file)
    const now = await files.inspect(file)

    expect([now.bytes, now.modifiedAt]).toEqual([chosen.bytes, chosen.modifiedAt])
    expect(isSameFile(now, chosen)).toBe(false)
    expect(isSameFile(chosen, chosen)).toBe(true)
    expect(isSameFile(chosen, { ...chosen, identity: undefined })).toBe(true)
  })

  it('is not passed off as whole when it is written to meanwhile', async () => {
    const file = path.join(home, 'notes.txt')
    const opened = await files.open(file)
    await writeFile(file, 'NOTES')
    await utimes(file, 1, 1)

    await expect(textOf(opened.read())).rejects.toThrow('was replaced while it was being read')
    await opened.close()
  })

  it('by a second name of the same file is the same file', async () => {
    await link(path.join(home, 'notes.txt'), path.join(home, 'second.txt'))

    expect((await files.inspect(path.join(home, 'second.txt'))).identity).toBe(
      (await files.inspect(path.join(home, 'notes.txt'))).identity,
    )
  })
})

describe('[K7] guarded places', () => {
  it.each([
    ['/home/eva/.aws/credentials', 'keys'],
    ['/home/eva/.GNUPG/secring.gpg', 'keys'],
    ['/mnt/backup/eva/.ssh/config', 'keys'],
    ['/home/eva/.local/share/keyrings/login.keyring', 'keys'],
    ['/home/eva/.mozilla/firefox/x.default/logins.json', 'browser'],
    ['/home/eva/.config/google-chrome/Default/Cookies', 'browser'],
    ['/Users/eva/Library/Keychains/login.keychain-db', 'keys'],
    ['/Users/eva/Library/Application Support/Firefox/key4.db', 'browser'],
    ['C:\\Users\\eva\\AppData\\Roaming\\Microsoft\\Protect\\key', 'keys'],
    ['C:\\Users\\eva\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data', 'browser'],
    ['/home/eva/.config/parley/vault.json', 'profile'],
    ['/home/eva/.config/Parley/vault.json', 'profile'],
    ['/proc/self/environ', 'device'],
    ['/home/eva/Documents/my.ssh.notes.txt', null],
    ['/home/eva/.config/parley-notes/a.txt', null],
    ['/home/eva/device/a.txt', null],
  ])('%s: %s', (file, guard) => {
    expect(guardOf(file, '/home/eva/.config/parley')).toBe(guard)
  })

  it.each(['\\\\?\\C:\\a.txt', '\\\\.\\PhysicalDrive0', '//./COM1', '\\??\\C:\\a', '///host/a'])(
    '%s is foreign',
    (file) => {
      expect(isForeignPath(file)).toBe(true)
    },
  )
})
