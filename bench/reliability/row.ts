import { renderTable } from '../table.ts'

/** One line of the comparison. A figure is null where a contender has nothing to show for it. */
export interface Row {
  readonly situation: string
  readonly measure: string
  readonly peer: Figure
  readonly ours: Figure
  /** What ours promises; null for what is only told. */
  readonly goal: Goal | null
}

export type Figure = number | string | null

export type Goal =
  | { readonly is: 'exactly'; readonly value: number | string }
  | { readonly is: 'at most'; readonly value: number }

export const exactly = (value: number | string): Goal => ({ is: 'exactly', value })
export const atMost = (value: number): Goal => ({ is: 'at most', value })

export function isMissed({ ours, goal }: Row): boolean {
  if (goal === null) return false
  return goal.is === 'exactly' ? ours !== goal.value : typeof ours !== 'number' || ours > goal.value
}

export function renderRows(
  names: { readonly peer: string; readonly ours: string },
  rows: readonly Row[],
): string {
  const head = ['Situation', 'Measure', names.peer, names.ours, 'Goal', '']
  const lines = rows.map((row, index) => [
    row.situation === rows[index - 1]?.situation ? '' : row.situation,
    row.measure,
    told(row.peer),
    told(row.ours),
    row.goal === null ? '' : `${row.goal.is === 'exactly' ? '' : '≤ '}${told(row.goal.value)}`,
    row.goal === null ? '' : isMissed(row) ? 'MISSED' : 'met',
  ])
  return renderTable([head, ...lines])
}

function told(figure: Figure): string {
  return figure === null ? '—' : String(figure)
}
