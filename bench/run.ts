import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ratioOf, spreadOf } from './ratio.ts'
import type { Ratio } from './ratio.ts'
import { peerName } from './peer/page.ts'
import { keepReport } from './report.ts'
import type { Stream } from './stream/measure.ts'
import { measureStream } from './stream/measure.ts'
import type { Kind, StreamFigures } from './stream/receiver.ts'
import { kinds } from './stream/receiver.ts'
import { bundleForThread } from '../src-main/store/testing/worker-bundle.ts'
import { renderTable } from './table.ts'

// `--full` takes longer streams, but not one that keeps chatjs with its transcript busy for longer than its heartbeat
// allows: with 100,000 in one chat it changes sockets on the way and may never see the rest.
const isFull = process.argv.includes('--full')
const rounds = numberAfter('--rounds=') ?? (isFull ? 7 : 3)

interface Benchmark {
  readonly name: string
  readonly stream: Stream
}

const benchmarks: readonly Benchmark[] = [
  { name: '1 chat', stream: { chats: 1, messagesPerChat: isFull ? 30_000 : 20_000 } },
  { name: '50 chats', stream: { chats: 50, messagesPerChat: isFull ? 2000 : 400 } },
]

interface Comparison {
  readonly benchmark: string
  readonly measure: keyof StreamFigures
  readonly subject: Kind
  readonly reference: Kind
  readonly ratio: Ratio
  /** What the ratio should not exceed; null for what is only told. */
  readonly target: number | null
}

type Figures = Readonly<Record<Kind, readonly StreamFigures[]>>

const database = 'parley with its database'
const transcript = 'chatjs with its transcript'

type Wish = readonly [keyof StreamFigures, Kind, Kind, number | null]

const wishes: readonly Wish[] = [
  ['cpu', 'parley', 'floor', 1.25],
  ['cpu', database, 'floor', null],
  ['cpu', 'parley', 'chatjs', 1],
  ['cpu', database, 'chatjs', null],
  ['cpu', 'parley', transcript, 1 / 3.5],
  ['cpu', database, transcript, null],
  ['cpu', 'chatjs', 'floor', null],
  ['cpu', transcript, 'floor', null],
  ['heapPerMessage', 'parley', transcript, 1 / 4],
  ['peakMegabytes', database, transcript, null],
]

const heading = ['Benchmark', 'Measure', 'Ratio of', 'Median', '95 %', 'Target', '']
const words: Readonly<Record<keyof StreamFigures, string>> = {
  cpu: 'processor time',
  wall: 'time',
  heapPerMessage: 'heap per message',
  peakMegabytes: 'peak memory',
}

const bundle = await bundleForThread(new URL('../src-main/store/store-worker.ts', import.meta.url))
const measured: { readonly benchmark: Benchmark; readonly figures: Figures }[] = []
try {
  for (const benchmark of benchmarks) measured.push({ benchmark, figures: await measure(benchmark) })
} finally {
  await bundle.remove()
}

const comparisons = measured.flatMap(({ benchmark, figures }) => compare(benchmark, figures))
console.log(renderTable([heading, ...comparisons.map(lineOf)]))
const [load = 0] = loadavg()
console.log(
  `\nMedians of ${rounds} interleaved rounds, with 95 % intervals. Load average ${load.toFixed(1)}.`,
)
for (const { benchmark, figures } of measured) {
  const spread = spreadOf(figures.floor.map(({ cpu }) => cpu))
  console.log(`${benchmark.name}: the floor's own rounds lie ${(spread * 100).toFixed(0)} % apart.`)
}
const raw = measured.map(({ benchmark, figures }) => ({ ...benchmark, figures }))
console.log(`Kept in ${await keepReport('latest', { rounds, isFull, peer: peerName, comparisons, raw })}.`)

/** All kinds in every round, so that whatever slows the computer down slows them all. */
async function measure({ name, stream }: Benchmark): Promise<Figures> {
  const figures: Record<Kind, StreamFigures[]> = {
    floor: [],
    parley: [],
    'parley with its database': [],
    chatjs: [],
    'chatjs with its transcript': [],
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of kinds) {
      process.stderr.write(`\r${name}, round ${round + 1} of ${rounds}: ${kind}`.padEnd(70))
      figures[kind].push(await measureStream(kind, stream, fileURLToPath(bundle.url)))
    }
  }
  process.stderr.write('\n')
  return figures
}

function compare(benchmark: Benchmark, figures: Figures): readonly Comparison[] {
  return wishes.map(([measure, subject, reference, target]) => ({
    benchmark: `${benchmark.name} × ${benchmark.stream.messagesPerChat}`,
    measure,
    subject,
    reference,
    ratio: ratioOf(
      figures[subject].map((one) => one[measure]),
      figures[reference].map((one) => one[measure]),
    ),
    target,
  }))
}

function lineOf({ benchmark, measure, subject, reference, ratio, target }: Comparison): readonly string[] {
  const verdict = target === null ? '' : ratio.high <= target ? 'met' : 'missed'
  const limit = target === null ? '' : `≤ ${target.toFixed(3)}`
  const interval = `${ratio.low.toFixed(3)} – ${ratio.high.toFixed(3)}`
  return [
    benchmark,
    words[measure],
    `${subject} / ${reference}`,
    ratio.median.toFixed(3),
    interval,
    limit,
    verdict,
  ]
}

function numberAfter(option: string): number | undefined {
  const given = process.argv.find((argument) => argument.startsWith(option))
  return given === undefined ? undefined : Number(given.slice(option.length))
}
