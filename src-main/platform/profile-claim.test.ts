import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { claimProfile, type ProfileClaim, removeScratch } from './profile-claim.ts'
import { ProfileMark } from './profile-mark.ts'
import { SmallDisk, whyNoSmallDisk } from './testing/small-disk.ts'

const user = userInfo().username

describe('the profile that a start is given', () => {
  let folder: string
  /** Where Chromium works; its lock is a link there, as the real one is. */
  let place: string

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'parley-profile-'))
  })

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  function claim(profile = folder): ProfileClaim {
    place = profile
    return claimProfile({
      folder: profile,
      requestLock: () => {
        try {
          rmSync(path.join(place, 'SingletonLock'), { force: true })
          symlinkSync(`${hostname()}-${process.pid}`, path.join(place, 'SingletonLock'))
          return true
        } catch {
          return false
        }
      },
      moveTo: (next) => {
        place = next
      },
    })
  }

  function lock(target: string): void {
    symlinkSync(target, path.join(folder, 'SingletonLock'))
  }

  function mark(by: { host: string; user: string }, age = 0): void {
    const file = path.join(folder, 'parley.open')
    writeFileSync(file, JSON.stringify(by))
    const at = Date.now() / 1000 - age
    utimesSync(file, at, at)
  }

  function expectUnwritable(claimed: ProfileClaim, profile: string, why: string): void {
    expect(claimed).toMatchObject({ use: 'unwritable', why, folder: profile })
    expect(place).not.toBe(profile)
    expect(readdirSync(place)).toEqual(['SingletonLock'])
    removeScratch(claimed)
    expect(existsSync(place)).toBe(false)
  }

  it('[E4] is its own where nobody has it, also with a lock that a computer of another name left', () => {
    expect(claim()).toEqual({ use: 'own', folder, leftOpenOn: null })
    rmSync(path.join(folder, 'SingletonLock'))
    lock('desk-4-4711')

    expect(claim()).toEqual({ use: 'own', folder, leftOpenOn: 'desk-4' })
  })

  it('[E4] is left alone while it is open on another computer, or by another user of this one', () => {
    lock('desk-4-4711')
    mark({ host: 'desk-4', user })
    expect(claim()).toMatchObject({ use: 'in-use', by: 'on desk-4', folder })
    expect(place).not.toBe(folder)

    mark({ host: hostname(), user: 'Ana' })
    expect(claim()).toMatchObject({ use: 'in-use', by: 'by another user (Ana)' })
  })

  it('[E4] is taken over from one that has not been heard of for a minute', () => {
    mark({ host: 'desk-4', user }, 61)

    expect(claim()).toMatchObject({ use: 'own' })
  })

  it.each([
    [
      'a file',
      (at: string) => {
        writeFileSync(at, 'desk-4-4711')
      },
    ],
    [
      'a folder',
      (at: string) => {
        mkdirSync(path.join(at, 'x'), { recursive: true })
      },
    ],
  ])('[E4] is its own where a copy of a profile left %s for a lock', (_, leave) => {
    leave(path.join(folder, 'SingletonLock'))

    expect(claim()).toMatchObject({ use: 'own' })
    expect(readdirSync(folder).filter((name) => name.startsWith('SingletonLock.broken-'))).toHaveLength(1)
  })

  it('[E4] is told apart from one that another Parley here has open', () => {
    lock(`${hostname()}-${process.pid}`)
    place = folder

    expect(claimProfile({ folder, requestLock: () => false, moveTo: () => undefined })).toEqual({
      use: 'running',
    })
  })

  it('[E4] is its own where another Parley was just leaving it', () => {
    const answers = [false, true]

    expect(
      claimProfile({ folder, requestLock: () => answers.shift() ?? false, moveTo: () => undefined }),
    ).toEqual({ use: 'own', folder, leftOpenOn: null })
  })

  it('[L17] is read only where its folder cannot be made', () => {
    writeFileSync(path.join(folder, 'file'), '')
    const profile = path.join(folder, 'file', 'profile')

    expectUnwritable(claim(profile), profile, 'refused')
  })

  it('[L17] is read only where it is a file itself', () => {
    const profile = path.join(folder, 'file')
    writeFileSync(profile, '')

    expectUnwritable(claim(profile), profile, 'refused')
    expect(existsSync(profile)).toBe(true)
  })

  it.skipIf(whyNoSmallDisk !== null)(
    '[L17] is read only on a disk that is, or that has no inode left',
    () => {
      const disk = new SmallDisk(64, 4)
      try {
        for (let count = 0; ; count += 1) writeFileSync(path.join(disk.folder, String(count)), '')
      } catch {
        expectUnwritable(claim(disk.folder), disk.folder, 'full')
      }
      disk.makeReadOnly()
      expectUnwritable(claim(disk.folder), disk.folder, 'refused')
      disk.remove()
    },
  )

  it('[E4] is marked as open while it is, and a computer that slept hears who took over', async () => {
    const clock = new ManualClock()
    const takers: string[] = []
    const own = new ProfileMark(folder, clock, (by) => takers.push(by))
    own.begin()
    expect(claim()).toMatchObject({ use: 'own' })

    mark({ host: 'desk-4', user })
    await clock.advance(20_000)
    own.end()

    expect(takers).toEqual(['on desk-4'])
    expect(existsSync(path.join(folder, 'parley.open'))).toBe(true)
  })

  it('[E4] carries no mark after it was left', () => {
    const own = new ProfileMark(folder, new ManualClock(), () => undefined)
    own.begin()
    own.end()

    expect(existsSync(path.join(folder, 'parley.open'))).toBe(false)
  })
})
