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
      return prefixLines(selected, () => '- ')
    case 'list-ordered':
      return prefixLines(selected, (index) => `${index + 1}. `)
    case 'link':
      return asLink(selected)
  }
}

function wrap({ text, start, end }: Selected, mark: string): Selected {
  const inner = text.slice(start, end)
  const isWrapped = text.slice(start - mark.length, start) === mark && text.slice(end).startsWith(mark)
  if (isWrapped) {
    const plain = text.slice(0, start - mark.length) + inner + text.slice(end + mark.length)
    return { text: plain, start: start - mark.length, end: end - mark.length }
  }
  const marked = text.slice(0, start) + mark + inner + mark + text.slice(end)
  return { text: marked, start: start + mark.length, end: end + mark.length }
}

function prefixLines({ text, start, end }: Selected, prefix: (index: number) => string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const lines = text.slice(from, end).split('\n')
  const prefixed = lines.map((line, index) => prefix(index) + line).join('\n')
  const until = from + prefixed.length
  return { text: text.slice(0, from) + prefixed + text.slice(end), start: until, end: until }
}

const placeholder = 'https://'

function asLink({ text, start, end }: Selected): Selected {
  const label = start === end ? 'link' : text.slice(start, end)
  const from = start + label.length + 3
  const linked = `${text.slice(0, start)}[${label}](${placeholder})${text.slice(end)}`
  return { text: linked, start: from, end: from + placeholder.length }
}
