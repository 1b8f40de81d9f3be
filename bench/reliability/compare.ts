import { keepReport } from '../report.ts'
import type { Contender } from './contender.ts'
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
  afterAnOutage,
  onHalfOpen,
  onReturn,
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

const missed = rows.filter(isMissed)
console.log(renderRows({ peer: chatJs.name, ours: ours.name }, rows))
console.log(missed.length === 0 ? '\nEvery goal is met.' : `\n${missed.length} goals are missed.`)
console.log(`Kept in ${await keepReport('reliability', { isQuick, peer: chatJs.name, rows })}.`)
process.exit(missed.length === 0 ? 0 : 1)
