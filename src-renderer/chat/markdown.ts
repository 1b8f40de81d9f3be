import { fromMarkdown } from 'mdast-util-from-markdown'
import { h, type VNodeChild } from 'vue'
import { addressesIn } from './addresses.ts'
import { isReadable } from './markdown-budget.ts'

export type Root = ReturnType<typeof fromMarkdown>
export type Nodes = Root | Root['children'][number]

/** With the words that lead there. */
export type OpenLink = (url: string, text: string) => void

export const deepest = 12
const linkSchemes = new Set(['https:', 'http:', 'mailto:'])

/**
 * Markdown as vnodes. Only the elements named here can come out, whatever goes in: raw HTML is shown as the text it
 * is, pictures by their description, and anything nested beyond reason as its source.
 */
export function renderMarkdown(text: string, openLink: OpenLink): VNodeChild[] {
  if (!isReadable(text)) return [h('p', text)]
  const tree = fromMarkdown(text)
  // A fence without content, a picture without a description: the source says more than nothing.
  if (isBlank(tree)) return [h('p', text)]
  return children(tree, { source: text, depth: 0, isLinked: false, openLink })
}

function isBlank(node: Nodes, depth = 0): boolean {
  if (depth > deepest) return false
  if ('value' in node) return node.value.trim() === ''
  if ('children' in node) return node.children.every((child) => isBlank(child, depth + 1))
  if ('alt' in node) return (node.alt ?? '') === ''
  return node.type === 'break'
}

interface Scope {
  readonly source: string
  readonly depth: number
  /** Inside a link there is no other. */
  readonly isLinked: boolean
  readonly openLink: OpenLink
}

function children(node: { readonly children: readonly Nodes[] }, scope: Scope): VNodeChild[] {
  const inner = { ...scope, depth: scope.depth + 1 }
  return node.children.map((child) => (inner.depth > deepest ? sourceOf(child, scope) : render(child, inner)))
}

function render(node: Nodes, scope: Scope): VNodeChild {
  switch (node.type) {
    case 'text':
      return scope.isLinked ? node.value : withLinks(node.value, scope.openLink)
    case 'paragraph':
      return h('p', children(node, scope))
    case 'heading':
      return h('p', { class: 'heading' }, children(node, scope))
    case 'strong':
      return h('strong', children(node, scope))
    case 'emphasis':
      return h('em', children(node, scope))
    case 'inlineCode':
      return h('code', node.value)
    case 'code':
      // What is wider than the bubble is scrolled, by keys as well.
      return h('pre', { tabindex: 0, role: 'group', 'aria-label': 'Code' }, [h('code', node.value)])
    case 'blockquote':
      return h('blockquote', children(node, scope))
    case 'list':
      return h(node.ordered === true ? 'ol' : 'ul', listAttributes(node.start), children(node, scope))
    case 'listItem':
      return h('li', children(node, scope))
    case 'break':
      return h('br')
    case 'thematicBreak':
      return h('hr')
    case 'link':
      return link(
        { url: node.url, text: wordsOf(node) },
        children(node, { ...scope, isLinked: true }),
        scope.openLink,
      )
    case 'image':
    case 'imageReference':
      return node.alt ?? ''
    default:
      return sourceOf(node, scope)
  }
}

function listAttributes(start: number | null | undefined): Readonly<Record<string, number>> {
  return typeof start === 'number' && start > 1 ? { start } : {}
}

/** What a reader sees of it. */
function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value
  if ('alt' in node) return node.alt ?? ''
  return 'children' in node ? node.children.map(wordsOf).join('') : ' '
}

export interface LinkWords {
  readonly url: string
  readonly text: string
}

/** A link with an address the app would refuse stays the text it was. Only the first and the middle button open one. */
export function link(
  { url, text }: LinkWords,
  content: VNodeChild[] | string,
  openLink: OpenLink,
): VNodeChild {
  const address = safeAddress(url)
  if (address === null) return typeof content === 'string' ? content : h('span', content)
  const open = (event: MouseEvent): void => {
    if (event.button > 1) return
    event.preventDefault()
    openLink(address, text)
  }
  return h(
    'a',
    { href: address, title: address, rel: 'noreferrer noopener', onClick: open, onAuxclick: open },
    content,
  )
}

export function safeAddress(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null
  return parsed !== null && linkSchemes.has(parsed.protocol) ? parsed.href : null
}

function sourceOf(node: Nodes, scope: Scope): string {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  return start === undefined || end === undefined ? '' : scope.source.slice(start, end)
}

/** Plain text, with its web addresses as links. */
export function renderPlain(text: string, openLink: OpenLink): VNodeChild[] {
  return [h('p', withLinks(text, openLink))]
}

function withLinks(text: string, openLink: OpenLink): VNodeChild[] {
  return addressesIn(text).map(({ text: part, isAddress }) =>
    isAddress ? link({ url: part, text: part }, part, openLink) : part,
  )
}
