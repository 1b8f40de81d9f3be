import { keepReport } from '../report.ts'
import type { Contender } from './contender.ts'
import { renderMatrix, runMatrix } from './matrix.ts'
import { parley } from './ours.ts'
import { chatJs } from './peer.ts'
import {
  afterAGap,
  afterALongGap,
  arrivalOrder,
  queuedOffline,
  refusedUpload,
  rowsAfterAGap,
  rowsAfterALongGap,
  rowsOfArrivalOrder,
  rowsOfRefusedUpload,
  rowsQueuedOffline,
} from './reading.ts'
import {
  afterALongOutage,
  afterAnOutage,
  onHalfOpen,
  onReturn,
  rowsAfterALongOutage,
  rowsAfterAnOutage,
  rowsOnHalfOpen,
  rowsOnReturn,
} from './reconnecting.ts'
import type { Row } from './row.ts'
import { isMissed, renderRows } from './row.ts'

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'

// `--quick` makes the long queues and gaps ten times shorter; the rates stay those of the service.
const isQuick = process.argv.includes('--quick')
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)

const rounds = isQuick ? 1 : 3
const longGap = isQuick ? 1000 : 10_000
const queue = isQuick ? 100 : 1000

interface Pair<T> {
  readonly peer: T
  readonly ours: T
}

const ours = parley()

/** One after the other, so that neither disturbs the other. */
async function both<T>(situation: (contender: Contender) => Promise<T>): Promise<Pair<T>> {
  return { peer: await situation(chatJs), ours: await situation(ours) }
}

async function several<T>(situation: (contender: Contender) => Promise<T>): Promise<readonly Pair<T>[]> {
  const pairs: Pair<T>[] = []
  for (let round = 0; round < rounds; round += 1) pairs.push(await both(situation))
  return pairs
}

const situations: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  outage: async () => rowsAfterAnOutage(await several(afterAnOutage)),
  'long-outage': async () => rowsAfterALongOutage(await several(afterALongOutage)),
  'half-open': async () => rowsOnHalfOpen(await both((one) => onHalfOpen(one, false)), false),
  'half-open-sending': async () => rowsOnHalfOpen(await both((one) => onHalfOpen(one, true)), true),
  gap: async () => rowsAfterAGap(await both(afterAGap)),
  order: async () => rowsOfArrivalOrder(await both(arrivalOrder)),
  upload: async () => rowsOfRefusedUpload(await both(refusedUpload)),
  'network-return': async () => rowsOnReturn(await several((one) => onReturn(one, 'outage')), 'outage'),
  resume: async () => rowsOnReturn(await several((one) => onReturn(one, 'sleep')), 'sleep'),
  'long-gap': async () => rowsAfterALongGap(await afterALongGap(ours, longGap)),
  queue: async () => rowsQueuedOffline(await both((one) => queuedOffline(one, queue))),
}

const rows: Row[] = []
for (const [name, measure] of Object.entries(situations)) {
  if (only !== undefined && !only.split(',').includes(name)) continue
  process.stderr.write(`${name} …\n`)
  rows.push(...(await measure()))
}

const isMatrixWanted = only === undefined || only.split(',').includes('matrix')
if (isMatrixWanted) process.stderr.write('matrix …\n')
const trials = isMatrixWanted ? await runMatrix() : []

const missed = rows.filter(isMissed)
const broken = trials.filter(({ isKept }) => !isKept)
if (trials.length > 0) console.log(`${renderMatrix(trials)}\n`)
console.log(renderRows({ peer: chatJs.name, ours: ours.name }, rows))
const failures = missed.length + broken.length
console.log(failures === 0 ? '\nEvery goal is met.' : `\n${failures} goals are missed.`)
console.log(`Kept in ${await keepReport('reliability', { isQuick, peer: chatJs.name, rows, trials })}.`)
process.exit(failures === 0 ? 0 : 1)
