import path from 'node:path'
import type { DiskAct } from './disk.ts'

/** What strace has to be told, so that this file can read what it writes. */
export const straceOptions: readonly string[] = [
  // The program stays the child of whoever started it.
  '-D',
  '-f',
  '-y',
  '-q',
  '--seccomp-bpf',
  '-xx',
  '-s',
  '16777216',
  '-e',
  'signal=none',
  '-e',
  `trace=${[
    'open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate',
    'rename,renameat,renameat2,unlink,unlinkat,link,linkat,fsync,fdatasync,copy_file_range,sendfile',
  ].join()}`,
]

export interface Traced {
  readonly acts: readonly DiskAct[]
  /** What the end came into the middle of: it may have been done, in part, or not. */
  readonly unfinished: readonly DiskAct[]
}

interface Call {
  readonly syscall: string
  readonly words: string
  readonly result: number
  /** The name that the result, a handle, stands for. */
  readonly opened: string
}

/** Which thread waits in the middle of which call. */
interface Pending {
  readonly syscall: string
  readonly words: string
  readonly syncId: number | null
}

const whole = /^(\w+)\((.*)\)\s+= (-?\d+)(?:<([^>]*)>)?/s
/** The end came while it was being done. */
const cutOff = /^(\w+)\((.*)\)\s+= \?/s
const begun = /^(\w+)\((.*) <unfinished \.\.\.>$/s
const resumed = /^<\.\.\. (\w+) resumed>(.*)$/s
const mayBeHalfDone: ReadonlySet<string> = new Set(
  'open openat creat write pwrite64 ftruncate truncate rename renameat renameat2 unlink unlinkat'.split(' '),
)
const syncs: ReadonlySet<string> = new Set(['fsync', 'fdatasync'])

/**
 * Reads what strace wrote about the files directly in `folder`. Throws about calls it cannot follow, and about nothing
 * else that other programs may do.
 */
export class TraceReader {
  readonly #folder: string
  readonly #isMeant: (name: string) => boolean
  readonly #mark: string
  readonly #pending = new Map<string, Pending>()
  /** Where each handle stands in its file; null appends. */
  readonly #places = new Map<string, number | null>()
  readonly #sizes = new Map<string, number>()
  #acts: DiskAct[] = []
  readonly #unfinished: DiskAct[] = []
  #syncId = 0

  constructor(folder: string, isMeant: (name: string) => boolean) {
    this.#folder = folder
    this.#isMeant = isMeant
    this.#mark = hexOf(folder)
  }

  read(text: string, sizes: ReadonlyMap<string, number>): Traced {
    for (const [name, size] of sizes) this.#sizes.set(name, size)
    for (const line of text.split('\n')) {
      const space = line.indexOf(' ')
      this.#line(line.slice(0, space), line.slice(space).trimStart())
    }
    for (const { syscall, words } of this.#pending.values()) this.#cutOff(syscall, words)
    return { acts: this.#acts, unfinished: this.#unfinished }
  }

  #line(thread: string, said: string): void {
    const rest = resumed.exec(said)
    if (rest !== null) {
      const pending = this.#pending.get(thread)
      this.#pending.delete(thread)
      if (pending === undefined) return
      const call = `${pending.syscall}(${pending.words}${rest[2] ?? ''}`
      const ended = whole.exec(call)
      if (ended !== null) this.#done(callOf(ended), pending.syncId)
      else if (cutOff.test(call)) this.#cutOff(pending.syscall, pending.words)
      return
    }
    const start = begun.exec(said)
    if (start !== null) {
      const [, syscall = '', words = ''] = start
      // The name of a file that is being opened comes with the answer.
      if (!words.includes(this.#mark) && !syscall.startsWith('open')) return
      const syncId = syncs.has(syscall) ? this.#syncBegan(words) : null
      this.#pending.set(thread, { syscall, words, syncId })
      return
    }
    if (!said.includes(this.#mark)) return
    const call = whole.exec(said)
    if (call === null) {
      const [, syscall = '', words = ''] = cutOff.exec(said) ?? []
      this.#cutOff(syscall, words)
      return
    }
    const done = callOf(call)
    this.#done(done, syncs.has(done.syscall) ? this.#syncBegan(done.words) : null)
  }

  #syncBegan(words: string): number | null {
    const file = handles(words)[0]?.path ?? ''
    const name = file === this.#folder ? null : this.#nameOf(file)
    if (name === undefined) return null
    this.#syncId += 1
    this.#acts.push({ kind: 'sync-began', syncId: this.#syncId, name })
    return this.#syncId
  }

  #done(call: Call, syncId: number | null): void {
    if (call.result < 0) return
    switch (call.syscall) {
      case 'open':
      case 'openat':
      case 'creat':
        return this.#opened(call)
      case 'write':
      case 'pwrite64':
        return this.#wrote(call)
      case 'ftruncate':
      case 'truncate':
      case 'fallocate':
        return this.#resized(call)
      case 'rename':
      case 'renameat':
      case 'renameat2':
        return this.#renamed(call)
      case 'unlink':
      case 'unlinkat':
        return this.#unlinked(call)
      case 'copy_file_range':
      case 'sendfile':
        return this.#copied(call)
      case 'fsync':
      case 'fdatasync':
        if (syncId !== null) this.#acts.push({ kind: 'sync-ended', syncId })
        return
      default:
        this.#cannotFollow(call)
    }
  }

  /** What it would have done, whole. */
  #cutOff(syscall: string, words: string): void {
    if (!mayBeHalfDone.has(syscall)) return
    const done = this.#acts
    this.#acts = []
    const opened = /"([^"]*)"/.exec(words)?.[1] ?? ''
    this.#done({ syscall, words, result: Math.max(1, bytesIn(words).length), opened }, null)
    this.#unfinished.push(...this.#acts)
    this.#acts = done
  }

  #opened({ syscall, words, result, opened }: Call): void {
    const name = this.#nameOf(decoded(opened))
    if (name === undefined) return
    const isNew = syscall === 'creat' || words.includes('O_CREAT')
    const isEmptied = syscall === 'creat' || words.includes('O_TRUNC')
    if (isEmptied) this.#sizes.set(name, 0)
    this.#places.set(String(result), words.includes('O_APPEND') ? null : 0)
    if (isNew || isEmptied) this.#acts.push({ kind: 'create', name, isEmptied })
  }

  #wrote({ syscall, words, result }: Call): void {
    const handle = handles(words)[0]
    const name = this.#nameOf(handle?.path ?? '')
    if (name === undefined || handle === undefined || result === 0) return
    const bytes = bytesIn(words).subarray(0, result)
    const at = syscall === 'pwrite64' ? lastNumber(words) : this.#place(handle.number, name, result)
    this.#grow(name, at + result)
    this.#acts.push({ kind: 'write', name, at, bytes })
  }

  #resized({ syscall, words }: Call): void {
    const name = this.#nameOf(handles(words)[0]?.path ?? pathsIn(words)[0] ?? '')
    if (name === undefined) return
    const numbers = words.split(',').map((word) => Number(word.trim()))
    const length =
      syscall === 'fallocate' ? (numbers.at(-2) ?? 0) + (numbers.at(-1) ?? 0) : (numbers.at(-1) ?? 0)
    if (syscall !== 'fallocate') this.#sizes.set(name, length)
    this.#acts.push({ kind: 'resize', name, length, isGrowth: syscall === 'fallocate' })
  }

  #renamed({ words }: Call): void {
    const [from, to] = pathsIn(words).map((one) => this.#nameOf(one))
    if (from === undefined && to === undefined) return
    if (from === undefined || to === undefined)
      throw new Error('A file was moved into or out of what is kept.')
    this.#sizes.set(to, this.#sizes.get(from) ?? 0)
    this.#acts.push({ kind: 'rename', name: from, to })
  }

  #unlinked({ words }: Call): void {
    const name = this.#nameOf(pathsIn(words)[0] ?? '')
    if (name === undefined) return
    this.#sizes.delete(name)
    this.#acts.push({ kind: 'unlink', name })
  }

  #copied({ syscall, words, result }: Call): void {
    const [first, second] = handles(words)
    const [from, to] = syscall === 'sendfile' ? [second, first] : [first, second]
    const name = this.#nameOf(to?.path ?? '')
    if (name === undefined || to === undefined || from === undefined || result === 0) return
    const source = this.#nameOf(from.path)
    if (source === undefined) throw new Error(`${name} was copied from a file that is not followed.`)
    const given = /\[(\d+)\]/.exec(words)?.[1]
    const at = given === undefined ? this.#place(from.number, source, result) : Number(given)
    const copied = { kind: 'copy', name, from: { name: source, at, length: result } } as const
    this.#acts.push({ ...copied, at: this.#place(to.number, name, result) })
  }

  #cannotFollow({ syscall, words }: Call): void {
    const files = [...handles(words).map((handle) => handle.path), ...pathsIn(words)]
    if (files.some((file) => this.#nameOf(file) !== undefined))
      throw new Error(`The harness cannot follow ${syscall}.`)
  }

  #place(handle: string, name: string, length: number): number {
    const place = this.#places.get(handle) ?? null
    const at = place ?? this.#sizes.get(name) ?? 0
    if (place !== null) this.#places.set(handle, place + length)
    this.#grow(name, at + length)
    return at
  }

  #grow(name: string, size: number): void {
    this.#sizes.set(name, Math.max(size, this.#sizes.get(name) ?? 0))
  }

  /** Undefined where it is none of the files that are followed. */
  #nameOf(file: string): string | undefined {
    const name = path.basename(file)
    return path.dirname(file) === this.#folder && this.#isMeant(name) ? name : undefined
  }
}

function callOf([, syscall = '', words = '', result = '-1', opened = '']: RegExpExecArray): Call {
  return { syscall, words, result: Number(result), opened }
}

function handles(words: string): readonly { readonly number: string; readonly path: string }[] {
  return [...words.matchAll(/(?:^|[ ,])(\d+)<((?:\\x[0-9a-f]{2})+)>/g)].map(([, number = '', file = '']) => ({
    number,
    path: decoded(file),
  }))
}

function pathsIn(words: string): readonly string[] {
  return [...words.matchAll(/"([^"]*)"/g)].map(([, text = '']) => decoded(text))
}

function bytesIn(words: string): Buffer {
  const text = /"([^"]*)"/.exec(words)?.[1] ?? ''
  return Buffer.from(text.replaceAll('\\x', ''), 'hex')
}

function lastNumber(words: string): number {
  return Number(words.slice(words.lastIndexOf(',') + 1))
}

function decoded(text: string): string {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex').toString('utf8')
}

function hexOf(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}
