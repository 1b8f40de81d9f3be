import { createRequire } from 'node:module'
import { markdownTable, readTable } from '../../testing/markdown-table.ts'
import type { Cell } from './outcomes.ts'

const require = createRequire(import.meta.url)

/** One line of the table: an operation, an outcome, and what each client makes of it. */
export type Row = Cell & Readonly<{ results: readonly string[] }>

export function renderTable(clientNames: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map(({ operation, outcome, results }) => [operation, outcome, ...results])
  return `${heading}\n${markdownTable([['Operation', 'Outcome', ...clientNames], ...lines])}`
}

/** The results of one row of a table that `renderTable` wrote. */
export function recordedResults(table: string, { operation, outcome }: Cell): readonly string[] {
  const row = readTable(table).find(([first, second]) => first === operation && second === outcome)
  return row?.slice(2) ?? []
}

export function versionOf(packageName: string): string {
  const { version } = require(`${packageName}/package.json`) as { version: string }
  return `${packageName} ${version}`
}

const heading = `# What Amazon's own clients make of the simulator

Written by the conformance suite: \`UPDATE_TABLE=1 npm run conformance\`. A cell says what the caller of a client gets:
the status of the answer, or the name of the client's error and the status it knows, and how often it tried. ChatJS runs as
a customer in a page that enforces CORS, the SDKs as an agent.
`
