import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskTrouble, writeWhole } from './whole-file.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-whole-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function* breakingAfter(pieces: readonly string[]): Generator<string> {
  yield* pieces
  throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
}

describe('writing a file whole', () => {
  it('says how much it wrote and its checksum, for this user alone', async () => {
    const file = path.join(folder, 'a.txt')

    const written = await writeWhole(file, ['Grüße ', 'aus Kassel'])

    expect(await readFile(file, 'utf8')).toBe('Grüße aus Kassel')
    expect(written.bytes).toBe(18)
    expect(written.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('leaves the older file and nothing else when the disk fills up', async () => {
    const file = path.join(folder, 'a.txt')
    await writeFile(file, 'older')

    const attempt = writeWhole(file, breakingAfter(['half']))

    await expect(attempt).rejects.toMatchObject({ failure: { code: 'disk-full' } })
    expect(await readFile(file, 'utf8')).toBe('older')
    expect(await readdir(folder)).toEqual(['a.txt'])
  })

  it('[I2] says of a name that is too long that it is', async () => {
    const attempt = writeWhole(path.join(folder, 'a'.repeat(300)), ['text'])

    await expect(attempt).rejects.toThrow('too long')
    expect(await readdir(folder)).toEqual([])
  })

  it('says so when the folder is gone', async () => {
    const attempt = writeWhole(path.join(folder, 'gone', 'a.txt'), ['text'])

    await expect(attempt).rejects.toMatchObject({ failure: { code: 'not-saved' } })
  })

  it('does not write through a link', async () => {
    const elsewhere = path.join(folder, 'elsewhere')
    await writeFile(elsewhere, 'untouched')
    await symlink(elsewhere, path.join(folder, 'a.txt'))

    const attempt = writeWhole(path.join(folder, 'a.txt'), ['text'])

    await expect(attempt).rejects.toMatchObject({ failure: { code: 'read-only' } })
    expect(await readFile(elsewhere, 'utf8')).toBe('untouched')
  })

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['EIO', 'not-saved'],
    ['EBUSY', 'not-saved'],
    ['ENODEV', 'not-saved'],
    ['ESTALE', 'not-saved'],
    ['EINVAL', 'bad-name'],
  ])('turns %s into %s with a sentence that names the folder', (code, expected) => {
    const trouble = diskTrouble(Object.assign(new Error(code), { code }), '/media/stick')

    expect(trouble).toMatchObject({ failure: { code: expected } })
    expect(trouble).toHaveProperty('message', expect.stringContaining('/media/stick'))
  })

  it('lets a bug pass as it is', () => {
    const bug = new TypeError('undefined is not a function')

    expect(diskTrouble(bug, '/')).toBe(bug)
  })
})
