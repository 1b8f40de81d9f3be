/** Where a selection begins and ends in a list of rows that come and go: their ids; null is the edge of the list. */
export interface SelectedRows {
  readonly from: string | null
  readonly to: string | null
}

const rowMark = '[data-row]'

/** Null when nothing in the log is selected. */
export function selectedRows(log: HTMLElement, range: Range | null): SelectedRows | null {
  if (range === null || range.collapsed || !range.intersectsNode(log)) return null
  return {
    from: rowAt(log, range.startContainer, range.startOffset),
    to: rowAt(log, range.endContainer, range.endOffset - 1),
  }
}

function rowAt(log: HTMLElement, node: Node, offset: number): string | null {
  if (node === log) return null
  const element = node instanceof Element ? (node.children[Math.max(0, offset)] ?? node) : node.parentElement
  if (element === null || !log.contains(element)) return null
  const row = element.closest<HTMLElement>(rowMark) ?? onlyRowIn(element)
  return row?.dataset['row'] ?? null
}

/** The list wraps each row in an element of its own. */
function onlyRowIn(element: Element): HTMLElement | undefined {
  const rows = element.querySelectorAll<HTMLElement>(rowMark)
  return rows.length === 1 ? rows[0] : undefined
}

/** A row is taken whole, or the part of its words that is selected. */
export type Taken = { readonly isWhole: true } | { readonly isWhole: false; readonly words: string | null }

/** Rows that are more than words are taken whole. */
export function takenFrom(row: Element, range: Range): Taken {
  const words = row.querySelector('.bub')
  if (words === null) return { isWhole: true }
  const taken = document.createRange()
  taken.selectNodeContents(words)
  const whole = taken.toString().trim()
  if (!range.intersectsNode(words)) return { isWhole: false, words: null }
  if (range.compareBoundaryPoints(Range.START_TO_START, taken) > 0) {
    taken.setStart(range.startContainer, range.startOffset)
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, taken) < 0) {
    taken.setEnd(range.endContainer, range.endOffset)
  }
  const part = taken.toString().trim()
  return part === whole ? { isWhole: true } : { isWhole: false, words: part === '' ? null : part }
}
