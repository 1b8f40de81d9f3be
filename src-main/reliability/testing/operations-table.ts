import { markdownTable } from '#simulator/testing/markdown-table.ts'
import type { Deed } from './deeds.ts'
import type { Trial } from './operation-trial.ts'
import type { Outcome } from './outcomes.ts'

/** One operation with one outcome: as it ends when the trouble came once, and while it lasts. */
export interface Row {
  readonly deed: Deed
  readonly outcome: Outcome
  readonly once: Trial
  readonly lasting: Trial
}

export function renderOperations(rows: readonly Row[]): string {
  const lines = rows.map(({ deed, outcome, once, lasting }) => [
    nameOf(deed),
    outcome,
    lasting.failures.join(', ') || '-',
    told(once, outcome),
    outcome === 'success' ? '-' : told(lasting, outcome),
    sentenceOf(lasting),
  ])
  return `${heading}\n${markdownTable([columns, ...lines])}`
}

export function nameOf({ operation, purpose }: Deed): string {
  return purpose === undefined ? operation : `${operation}, ${purpose}`
}

/** The address of the simulator is another one at every run. */
export function sentenceOf({ reads }: Trial): string {
  return reads.replaceAll(/127\.0\.0\.1:\d+/g, 'chat.example')
}

function told({ state, detail, isOver, isRepeated, applied, calls }: Trial, outcome: Outcome): string {
  const end = detail === undefined ? '' : `, ${detail}`
  if (isRepeated && !isOver) return `${state}, tried until it passes${end}`
  // How often it was tried is a race between the next try and the socket, which also brings the news.
  if (outcome === 'reply lost' && applied !== null && applied > 0) return `${state}, done once${end}`
  return calls.length === 1 ? `${state}${end}` : `${state} after ${calls.length} tries${end}`
}

const columns = [
  'Operation',
  'Outcome',
  'Failure',
  'When it happens once',
  'While it lasts',
  'What the agent reads',
]

const heading = `# What Parley makes of every outcome of every operation

Written by \`UPDATE_TABLE=1 npx vitest run src-main/reliability/operations.test.ts\` and compared by every test run. The
app's own engine on real HTTP and a real socket. The failure is the code that the port to the service gives; what the
agent reads is what stands on the screen while the trouble lasts, in brackets where there are no words for it.
`
