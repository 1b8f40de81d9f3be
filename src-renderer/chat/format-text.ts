export interface Selected {
  readonly text: string
  readonly start: number
  readonly end: number
}

export const formats = ['bold', 'italic', 'list', 'list-ordered', 'link'] as const
export type Format = (typeof formats)[number]

/** The text with the selection formatted as markdown, and what to select next. */
export function applyFormat(selected: Selected, format: Format): Selected {
  switch (format) {
    case 'bold':
      return wrap(selected, '**')
    case 'italic':
      return wrap(selected, '_')
    case 'list':
    case 'list-ordered':
      return asList(selected, format)
    case 'link':
      return asLink(selected)
  }
}

/** Marks stand at the words: `**word** ` and not `**word **`, which is no formatting. */
function wrap(selected: Selected, mark: string): Selected {
  const { text, start, end } = withoutEdges(selected)
  const inner = text.slice(start, end)
  const isAround = text.slice(0, start).endsWith(mark) && text.slice(end).startsWith(mark)
  if (isAround) return unwrap({ text, start: start - mark.length, end: end + mark.length }, mark)
  if (inner.length > 2 * mark.length && inner.startsWith(mark) && inner.endsWith(mark)) {
    return unwrap({ text, start, end }, mark)
  }
  const marked = text.slice(0, start) + mark + inner + mark + text.slice(end)
  return { text: marked, start: start + mark.length, end: end + mark.length }
}

function unwrap({ text, start, end }: Selected, mark: string): Selected {
  const inner = text.slice(start + mark.length, end - mark.length)
  return { text: text.slice(0, start) + inner + text.slice(end), start, end: start + inner.length }
}

function withoutEdges({ text, start, end }: Selected): Selected {
  const inner = text.slice(start, end)
  if (inner.trim() === '') return { text, start, end: inner === '' ? end : start }
  const lead = inner.length - inner.trimStart().length
  return { text, start: start + lead, end: start + lead + inner.trim().length }
}

const bullet = /^- /u
const number = /^\d+\. /u

/** The same once more takes the signs away; another kind of list takes their place. */
function asList({ text, start, end }: Selected, kind: 'list' | 'list-ordered'): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const lines = text.slice(from, end).split('\n')
  const own = kind === 'list' ? bullet : number
  const isListed = lines.every((line) => own.test(line))
  const prefixed = lines.map((line, index) => {
    const bare = line.replace(bullet, '').replace(number, '')
    if (isListed) return bare
    return kind === 'list' ? `- ${bare}` : `${index + 1}. ${bare}`
  })
  const next = prefixed.join('\n')
  const until = from + next.length
  return { text: text.slice(0, from) + next + text.slice(end), start: until, end: until }
}

const placeholder = 'https://'
const linked = /\[([^\]\n]*)\]\([^)\n]*\)/gu

/** Around the selection; a selection in a link becomes its words again. */
function asLink({ text, start, end }: Selected): Selected {
  for (const { 0: whole, 1: words = '', index } of text.matchAll(linked)) {
    if (index > start || end > index + whole.length) continue
    const plain = text.slice(0, index) + words + text.slice(index + whole.length)
    return { text: plain, start: index, end: index + words.length }
  }
  const words = withoutEdges({ text, start, end })
  const label = words.start === words.end ? 'link' : text.slice(words.start, words.end)
  const from = words.start + label.length + 3
  const next = `${text.slice(0, words.start)}[${label}](${placeholder})${text.slice(words.end)}`
  return { text: next, start: from, end: from + placeholder.length }
}
