import { createRequire } from 'node:module'
import type { Cell } from './outcomes.ts'

const require = createRequire(import.meta.url)

/** One line of the table: an operation, an outcome, and what each client makes of it. */
export type Row = Cell & Readonly<{ results: readonly string[] }>

export function renderTable(clientNames: readonly string[], rows: readonly Row[]): string {
  const lines = [
    ['Operation', 'Outcome', ...clientNames],
    ...rows.map(({ operation, outcome, results }) => [operation, outcome, ...results]),
  ]
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const drawn = lines.map((line) => lineOf(line.map((text, column) => text.padEnd(widths[column] ?? 0))))
  const rule = lineOf(widths.map((width) => '-'.repeat(width)))
  return `${heading}\n${[drawn[0], rule, ...drawn.slice(1)].join('\n')}\n`
}

/** The results of one row of a table that `renderTable` wrote. */
export function recordedResults(table: string, { operation, outcome }: Cell): readonly string[] {
  for (const line of table.split('\n')) {
    const [, first, second, ...results] = line.split('|').map((text) => text.trim())
    if (first === operation && second === outcome) return results.slice(0, -1)
  }
  return []
}

export function versionOf(packageName: string): string {
  const { version } = require(`${packageName}/package.json`) as { version: string }
  return `${packageName} ${version}`
}

const lineOf = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`

const heading = `# What Amazon's own clients make of the simulator

Written by the conformance suite: \`UPDATE_TABLE=1 npm run conformance\`. A cell says what the caller of a client gets:
the status of the answer, or the name of the client's error and the status it knows, and how often it tried. ChatJS runs as
a customer in a page that enforces CORS, the SDKs as an agent.
`
