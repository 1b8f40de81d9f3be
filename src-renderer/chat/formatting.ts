import { fromMarkdown } from 'mdast-util-from-markdown'
import { deepest, type Nodes } from './markdown.ts'
import { isReadable } from './markdown-budget.ts'

interface Scope {
  readonly source: string
  readonly depth: number
  /** The agent used a button or a key for it. */
  readonly isAsked: boolean
}

/**
 * Whether this is sent as markdown. Not every contact takes it, and many signs are also plain writing: "1. Unplug it",
 * "- 2 left" and "*wink*" read as well without, so they count only when the agent asked for formatting. Nobody writes
 * **so**, _so_, `so` or [so](https://...) for any other reason.
 */
export function hasFormatting(text: string, isAsked: boolean): boolean {
  return isReadable(text) && isFormatted(fromMarkdown(text), { source: text, depth: 0, isAsked })
}

function isFormatted(node: Nodes, scope: Scope): boolean {
  if (scope.depth > deepest) return false
  const inner = { ...scope, depth: scope.depth + 1 }
  return (
    isSign(node, scope) || ('children' in node && node.children.some((child) => isFormatted(child, inner)))
  )
}

function isSign(node: Nodes, { source, isAsked }: Scope): boolean {
  const at = node.position?.start.offset ?? 0
  switch (node.type) {
    case 'strong':
    case 'inlineCode':
      return true
    case 'link':
      return source[at] === '['
    case 'emphasis':
      // "5*3*2" is arithmetic, not emphasis.
      return (isAsked || source[at] === '_') && !/\w/u.test(source[at - 1] ?? ' ')
    case 'list':
      return isAsked
    default:
      return false
  }
}
