import { loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { typeOfBytes } from '../src-main/platform/file-content.ts'
import { hasPdfHeader, isProgram, isText } from '../src-main/platform/file-content.ts'
import { joined } from '../src-main/platform/joined.ts'
import { readPicture } from '../src-main/platform/picture-header.ts'
import { filesOfSize, hostileFiles } from '../src-main/testing/hostile-files.ts'
import { renderTable } from './table.ts'

// How long files made to hurt keep main's loop from its other work, kind by kind: the longest turn while one is read.

/** One frame of a screen: what everybody else in main may have to wait. */
const mostMilliseconds = 16
const largest = 24 * 1024 * 1024
const pieceBytes = 64 * 1024

interface Figure {
  readonly kind: string
  readonly bytes: number
  readonly milliseconds: number
}

const readers: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  sniffing: (bytes) => typeOfBytes(bytes),
  'looking for text and programs': (bytes) => {
    const head = bytes.subarray(0, pieceBytes)
    return [isText(head, false), isProgram(head), hasPdfHeader(head)]
  },
  'collecting a picture': (bytes) => joined(piecesOf(bytes)),
  'reading a picture': (bytes) => readPicture(bytes),
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

/** The longest turn of the loop while this runs. */
async function longestTurn(work: () => unknown): Promise<number> {
  let longest = 0
  const state = { isDone: false }
  let last = performance.now()
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const working = Promise.resolve(work()).finally(() => {
    state.isDone = true
  })
  look()
  do {
    await setImmediate()
    look()
  } while (!state.isDone)
  await working
  return longest
}

/** Of several tries the shortest: what the machine did meanwhile is not the file's doing. */
async function figureOf(
  { kind, bytes }: Pick<Figure, 'kind'> & { bytes: Buffer },
  read: (bytes: Buffer) => unknown,
) {
  let milliseconds = Infinity
  for (let tries = 0; tries < 12 && milliseconds > mostMilliseconds / 4; tries += 1) {
    await setImmediate()
    milliseconds = Math.min(milliseconds, await longestTurn(() => read(bytes)))
  }
  return { kind, bytes: bytes.length, milliseconds }
}

async function worstOf(name: string, read: (bytes: Buffer) => unknown): Promise<readonly string[]> {
  let worst: Figure = { kind: 'none', bytes: 0, milliseconds: 0 }
  for (const files of [hostileFiles(7, 2000), filesOfSize(largest, 3)]) {
    for (const file of files) {
      const figure = await figureOf(file, read)
      if (figure.milliseconds > worst.milliseconds) worst = figure
    }
  }
  if (worst.milliseconds > mostMilliseconds) process.exitCode = 1
  return [name, worst.milliseconds.toFixed(1), `${worst.kind}, ${worst.bytes.toLocaleString('en')} bytes`]
}

const rows: (readonly string[])[] = []
for (const [name, read] of Object.entries(readers)) rows.push(await worstOf(name, read))
console.log(renderTable([['Main while', 'Longest turn, ms', 'Worst file'], ...rows]))
const [load = 0] = loadavg()
console.log(`\nAt most ${mostMilliseconds} ms are allowed. Load average ${load.toFixed(1)}.`)
