import { markdownTable } from '../../testing/markdown-table.ts'
import type { Outcome } from './outcomes.ts'
import { outcomes } from './outcomes.ts'
import type { Row } from './table.ts'

const begin = '<!-- conformance -->\n\n'
const end = '\n<!-- /conformance -->'
const absent = 'not in this client'

/** Operation by outcome: how many of the clients that have the operation saw what the service did. */
export function renderSummary(rows: readonly Row[]): string {
  const operations = [...new Set(rows.map(({ operation }) => operation))]
  const lines = operations.map((operation) => [
    operation,
    ...outcomes.map((outcome) => {
      const row = rows.find((one) => one.operation === operation && one.outcome === outcome)
      return row === undefined ? '' : countOf(row)
    }),
  ])
  return markdownTable([['Operation', ...outcomes], ...lines])
}

/** Rows in which a client was told something else than the service did. */
export function unfaithful(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ outcome, results }) => results.some((result) => !isFaithful(outcome, result)))
}

export function summaryIn(readme: string): string {
  const from = readme.indexOf(begin)
  const to = readme.indexOf(end)
  if (from < 0 || to < 0) throw new Error('The README has no place for the summary.')
  return readme.slice(from + begin.length, to)
}

export function withSummary(readme: string, summary: string): string {
  return readme.replace(`${begin}${summaryIn(readme)}${end}`, () => `${begin}${summary}${end}`)
}

function countOf({ outcome, results }: Row): string {
  const able = results.filter((result) => result !== absent)
  return `${able.filter((result) => isFaithful(outcome, result)).length} of ${able.length}`
}

function isFaithful(outcome: Outcome, result: string): boolean {
  if (result === absent) return true
  switch (outcome) {
    case 'success':
      return result === '200'
    case '400':
    case '402':
    case '403':
    case '404':
    case '409':
    case '429':
    case '500':
      return result.split(' ').includes(outcome)
    // Without a usable answer to the first try, nobody may take it for one.
    case '503 as HTML':
    case 'connection cut':
    case 'reply lost once':
    case 'no reply':
      return result !== '200'
  }
}
