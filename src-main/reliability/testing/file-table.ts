import type { FilePlan } from './file-plans.ts'
import type { FileOutcome } from './file-trial.ts'

export interface FileRow {
  readonly plan: FilePlan
  readonly outcome: FileOutcome
}

const columns: readonly (readonly [heading: string, cell: (row: FileRow) => string | number])[] = [
  ['What happens', ({ plan }) => plan.name],
  ['Chip ends as', ({ outcome }) => outcome.end + (outcome.canRetry ? ', with Retry' : '')],
  ['The agent reads', ({ outcome }) => outcome.sentence],
  ['Start', ({ outcome }) => outcome.starts],
  ['PUT', ({ outcome }) => outcome.puts],
  ['Complete', ({ outcome }) => outcome.completes],
  ['Completed without a file', ({ outcome }) => outcome.orphaned],
  ['Stuck', ({ outcome }) => (outcome.end === 'stuck' ? 1 : 0)],
  ['The customer has', ({ outcome }) => outcome.customer],
]

export function renderFileTable(rows: readonly FileRow[]): string {
  const lines = [columns.map(([heading]) => heading), ...rows.map(lineOf)]
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const drawn = lines.map((line) => draw(line.map((text, column) => text.padEnd(widths[column] ?? 0))))
  const rule = draw(widths.map((width) => '-'.repeat(width)))
  return `${heading}\n${[drawn[0], rule, ...drawn.slice(1)].join('\n')}\n`
}

/** The line of one plan in a table that `renderFileTable` wrote, null when there is none. */
export function recordedLine(table: string, { name }: FilePlan): readonly string[] | null {
  for (const line of table.split('\n')) {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((text) => text.trim())
    if (cells[0] === name) return cells
  }
  return null
}

export function lineOf(row: FileRow): readonly string[] {
  return columns.map(([, cell]) => String(cell(row)))
}

const draw = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`

const heading = `# What becomes of a file on its way to the customer

Written by \`UPDATE_TABLE=1 npx vitest run src-main/reliability/file-faults\` and compared at every run: the real engine
on real HTTP against the simulator. The numbers are the requests that the service saw; an upload is tried four times, each
with a fresh address, before the agent is asked.
`
