import type { View } from '../participant/participant-api.ts'

/** Keys under which views keep what a person reads. */
const readable =
  /^(title|subtitle|label|text|heading|header|body|content|description|value|message|helperText)$/i
const mostLines = 100
const longestLine = 500
const deepest = 30

/** A step-by-step guide as lines to read: what its template says, then what could be done in it. */
export function viewLines({ template, actions }: View): readonly string[] {
  const said = new Set<string>()
  collect(readJson(template), said, deepest)
  return [...said, ...actions.map((action) => `Action: ${action}`)]
    .map((line) => line.slice(0, longestLine))
    .slice(0, mostLines)
}

function collect(value: unknown, said: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth === 0 || said.size >= mostLines) return
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') {
      const isName = readable.test(key) || Array.isArray(value)
      if (isName && isWords(inner)) said.add(inner.trim())
    } else collect(inner, said, depth - 1)
  }
}

/** Placeholders such as `$.Customer.Name` and bare ids say nothing to a reader. */
function isWords(text: string): boolean {
  return text.trim() !== '' && !text.startsWith('$.') && !text.startsWith('{{')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
