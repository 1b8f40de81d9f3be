import { expect, it } from 'vitest'
import { seededRandom } from '#simulator/random.ts'
import { Disk, type DiskAct } from './disk.ts'

const gone = { unsynced: 'gone' } as const

function write(name: string, text: string, at = 0): DiskAct {
  return { kind: 'write', name, at, bytes: Buffer.from(text) }
}

function synced(name: string | null): readonly DiskAct[] {
  return [
    { kind: 'sync-began', syncId: 1, name },
    { kind: 'sync-ended', syncId: 1 },
  ]
}

function after(acts: readonly DiskAct[], files: Readonly<Record<string, string>> = {}): object {
  const disk = new Disk(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])))
  for (const act of acts) disk.do(act)
  return texts(disk.afterPowerCut(gone))
}

function texts(files: ReadonlyMap<string, Buffer>): object {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString()]))
}

const newFile: DiskAct = { kind: 'create', name: 'a', isEmptied: false }

it('[L1] a power cut leaves what its file and its folder were synced for', () => {
  expect(after([newFile, write('a', 'kept'), ...synced('a'), ...synced(null)])).toEqual({ a: 'kept' })
})

it('[L1] a power cut takes a name that its folder was not synced for', () => {
  expect(after([newFile, write('a', 'kept'), ...synced('a')])).toEqual({})
})

it('[L1] a power cut takes content written after the sync, or while it ran', () => {
  const acts: DiskAct[] = [
    { kind: 'sync-began', syncId: 1, name: 'a' },
    write('a', 'new'),
    { kind: 'sync-ended', syncId: 1 },
  ]

  expect(after(acts, { a: 'old' })).toEqual({ a: 'old' })
})

it('[L1] a sync that had not ended when the power went keeps nothing', () => {
  expect(after([write('a', 'new'), { kind: 'sync-began', syncId: 1, name: 'a' }], { a: 'old' })).toEqual({
    a: 'old',
  })
})

it('[L1] a file renamed over another is the old one until the folder was synced', () => {
  const renamed: DiskAct[] = [
    { kind: 'create', name: 'b', isEmptied: false },
    write('b', 'new'),
    ...synced('b'),
    { kind: 'rename', name: 'b', to: 'a' },
  ]

  expect(after(renamed, { a: 'old' })).toEqual({ a: 'old' })
  expect(after([...renamed, ...synced(null)], { a: 'old' })).toEqual({ a: 'new' })
})

it('[L1] a file removed without a sync of its folder comes back', () => {
  const removed: DiskAct = { kind: 'unlink', name: 'a' }

  expect(after([removed], { a: 'old' })).toEqual({ a: 'old' })
  expect(after([removed, ...synced(null)], { a: 'old' })).toEqual({})
})

it('[L1] of what was not synced some sectors survive and some do not, the same for the same seed', () => {
  const leave = (): string => {
    const disk = new Disk(new Map([['a', Buffer.alloc(40 * 4096, '-')]]))
    disk.do(write('a', 'x'.repeat(40 * 4096)))
    return (
      disk
        .afterPowerCut({ unsynced: 'some', random: seededRandom(7) })
        .get('a')
        ?.toString() ?? ''
    )
  }
  const sectors = leave().match(/.{4096}/g) ?? []

  expect(new Set(sectors)).toEqual(new Set(['x'.repeat(4096), '-'.repeat(4096)]))
  expect(leave()).toBe(leave())
})
