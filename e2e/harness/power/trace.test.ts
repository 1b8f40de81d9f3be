import { expect, it } from 'vitest'
import { TraceReader, type Traced } from './trace.ts'

const folder = '/tmp/profile'

function hex(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}

function traced(...lines: string[]): Traced {
  const reader = new TraceReader(folder, (name) => name.startsWith('a'))
  return reader.read(lines.join('\n'), new Map([['a', 3]]))
}

function read(...lines: string[]): readonly object[] {
  return traced(...lines).acts
}

const a = `<${hex('/tmp/profile/a')}>`

it('reads where each write goes', () => {
  expect(
    read(
      `7 openat(AT_FDCWD<${hex('/')}>, "${hex('/tmp/profile/a')}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 5${a}`,
      `7 write(5${a}, "${hex('one')}", 3) = 3`,
      `7 write(5${a}, "${hex('two')}", 3) = 2`,
      `7 pwrite64(5${a}, "${hex('x')}", 1, 4096) = 1`,
    ),
  ).toEqual([
    { kind: 'create', name: 'a', isEmptied: true },
    { kind: 'write', name: 'a', at: 0, bytes: Buffer.from('one') },
    { kind: 'write', name: 'a', at: 3, bytes: Buffer.from('tw') },
    { kind: 'write', name: 'a', at: 4096, bytes: Buffer.from('x') },
  ])
})

it('knows when a sync began and when it ended, whatever another thread did meanwhile', () => {
  expect(
    read(
      `7 fdatasync(5${a} <unfinished ...>`,
      `8 pwrite64(6${a}, "${hex('x')}", 1, 0) = 1`,
      `7 <... fdatasync resumed>) = 0`,
      `7 fsync(9<${hex(folder)}>) = 0`,
    ),
  ).toEqual([
    { kind: 'sync-began', syncId: 1, name: 'a' },
    { kind: 'write', name: 'a', at: 0, bytes: Buffer.from('x') },
    { kind: 'sync-ended', syncId: 1 },
    { kind: 'sync-began', syncId: 2, name: null },
    { kind: 'sync-ended', syncId: 2 },
  ])
})

it('leaves out what failed, other folders and files that are not followed', () => {
  expect(
    read(
      `7 rename("${hex('/tmp/profile/a')}", "${hex('/tmp/profile/a2')}") = -1 ENOENT (No such file)`,
      `7 write(5<${hex('/tmp/other/a')}>, "${hex('x')}", 1) = 1`,
      `7 write(5<${hex('/tmp/profile/Cache')}>, "${hex('x')}", 1) = 1`,
    ),
  ).toEqual([])
})

it('says so when it cannot follow', () => {
  expect(() => read(`7 writev(5${a}, [{iov_base="${hex('x')}", iov_len=1}], 1) = 1`)).toThrow('follow writev')
})

it('tells apart what the end came into the middle of', () => {
  const { acts, unfinished } = traced(
    `7 fsync(5${a} <unfinished ...>`,
    `8 pwrite64(5${a}, "${hex('x')}", 1, 0 <unfinished ...>`,
    `9 pwrite64(5${a}, "${hex('y')}", 1, 1) = ?`,
    `10 rename("${hex('/tmp/profile/a')}", "${hex('/tmp/profile/a2')}" <unfinished ...>`,
    `10 <... rename resumed>) = ?`,
    `7 <... fsync resumed>) = ?`,
  )

  expect(acts).toEqual([{ kind: 'sync-began', syncId: 1, name: 'a' }])
  expect(unfinished).toEqual([
    { kind: 'write', name: 'a', at: 1, bytes: Buffer.from('y') },
    { kind: 'rename', name: 'a', to: 'a2' },
    { kind: 'write', name: 'a', at: 0, bytes: Buffer.from('x') },
  ])
})
