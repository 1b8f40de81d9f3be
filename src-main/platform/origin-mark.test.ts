import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getAttribute, setAttributeSync } from '@napi-rs/xattr'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { markOrigin, systemMarks } from './origin-mark.ts'
import { writeWhole } from './whole-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'parley-marks-'))
const canMark = ((): boolean => {
  try {
    writeFileSync(path.join(folder, 'probe'), '')
    setAttributeSync(path.join(folder, 'probe'), 'user.parley', 'x')
    return true
  } catch {
    return false
  }
})()

describe('[K9] a file that came from the service', () => {
  let done: string[]

  beforeEach(() => {
    done = []
  })

  afterEach(() => {
    rmSync(path.join(folder, 'offer.pdf'), { force: true })
  })

  function mark(platform: NodeJS.Platform): Promise<void> {
    return markOrigin('/home/ana/offer.pdf', platform, {
      setAttribute: (...words) => Promise.resolve(void done.push(words.join(' | '))),
      writeStream: (...words) => Promise.resolve(void done.push(words.join(' | '))),
      now: () => 1_767_225_600_000,
      newId: () => '6f1d2a3b-0000-4000-8000-00000000000a',
    })
  }

  it('carries the mark of each system, and never the address it was fetched from', async () => {
    await mark('linux')
    await mark('darwin')
    await mark('win32')

    expect(done).toEqual([
      '/home/ana/offer.pdf | user.xdg.origin.url | about:internet',
      '/home/ana/offer.pdf | com.apple.quarantine | 0081;6955b900;Parley;6F1D2A3B-0000-4000-8000-00000000000A',
      '/home/ana/offer.pdf:Zone.Identifier | [ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n',
    ])
  })

  it('is saved all the same where there is no place for a mark', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('ENOTSUP'))

    await expect(
      markOrigin('/x', 'linux', { ...systemMarks, setAttribute: refuse, writeStream: refuse }),
    ).resolves.toBeUndefined()
  })

  it.skipIf(process.platform !== 'linux' || !canMark)('has it from the moment it has its name', async () => {
    const target = path.join(folder, 'offer.pdf')
    const seen: string[] = []

    await writeWhole(target, ['words'], {
      finished: async (part) => {
        seen.push(path.basename(part))
        await markOrigin(part, 'linux', systemMarks)
      },
    })

    expect(seen).not.toContain('offer.pdf')
    expect(statSync(target).size).toBe(5)
    expect(String(await getAttribute(target, 'user.xdg.origin.url'))).toBe('about:internet')
  })
})
