import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MemoryShelf } from './memory-shelf.ts'
import { SealedShelf } from './sealed-shelf.ts'

let parent: string
let folder: string

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'parley-shelf-'))
  folder = path.join(parent, 'files')
})

afterEach(() => rm(parent, { recursive: true, force: true }))

async function* pieces(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part))
}

async function* cutOff(): AsyncGenerator<Uint8Array> {
  yield* pieces('half')
  throw new Error('cut')
}

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const piece of source) all.push(piece)
  return Buffer.concat(all).toString()
}

async function onDisk(): Promise<readonly Buffer[]> {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(names.map((name) => readFile(path.join(folder, name))))
}

it('gives back what was put in, and shows the disk nothing of it', async () => {
  const shelf = await SealedShelf.open(folder, 1_000_000)

  await shelf.put('a', pieces('the customer ', 'wrote this'))

  expect(await textOf(shelf.read('a'))).toBe('the customer wrote this')
  const [file] = await onDisk()
  expect(file?.toString('latin1')).not.toMatch(/customer|wrote/)
})

it('lets the oldest make room', async () => {
  const shelf = await SealedShelf.open(folder, 10)

  for (const name of ['a', 'b', 'c']) await shelf.put(name, pieces('12345'))

  expect(['a', 'b', 'c'].map((name) => shelf.has(name))).toEqual([false, true, true])
  expect(await onDisk()).toHaveLength(2)
})

it('keeps nothing of a file that came only in part', async () => {
  const shelf = await SealedShelf.open(folder, 1000)

  await expect(shelf.put('a', cutOff())).rejects.toThrow('cut')

  expect(shelf.has('a')).toBe(false)
  expect(await onDisk()).toEqual([])
})

it('sees that a file was tampered with', async () => {
  const shelf = await SealedShelf.open(folder, 1000)
  await shelf.put('a', pieces('the truth'))
  const [name] = await readdir(folder)
  if (name === undefined) throw new Error('There is no file.')
  const bytes = await readFile(path.join(folder, name))
  bytes[0] = (bytes[0] ?? 0) ^ 1
  await writeFile(path.join(folder, name), bytes)

  await expect(textOf(shelf.read('a'))).rejects.toThrow()
})

it('sweeps what an earlier run left, and leaves nothing itself', async () => {
  const left = await SealedShelf.open(folder, 1000)
  await left.put('a', pieces('left behind'))

  const shelf = await SealedShelf.open(folder, 1000)
  expect(await onDisk()).toEqual([])
  await shelf.put('b', pieces('x'))
  await shelf.close()

  expect(await readdir(parent)).toEqual([])
})

it('in memory does the same, and refuses what is larger than itself', async () => {
  const shelf = new MemoryShelf(10)

  for (const name of ['a', 'b', 'c']) await shelf.put(name, pieces('123', '45'))
  await shelf.put('large', pieces('12345678', '901'))

  expect(['a', 'b', 'c', 'large'].map((name) => shelf.has(name))).toEqual([false, true, true, false])
  expect(await textOf(shelf.read('c'))).toBe('12345')
})
