import type { View } from '../participant/participant-api.ts'
import { filledFrom } from './view-data.ts'

/** Keys under which views keep what a person reads. */
const readable =
  /^(title|subtitle|label|text|subtext|heading|header|body|content|description|value|message|helperText)$/i
/** Keys whose values only the machinery needs, even when they are filled in. */
const machinery = /^(_?id|_?type|name|icon|variant|size|color|url|href|src|action)$/i
const mostLines = 100
const longestLine = 500
const deepest = 30

/**
 * A step-by-step guide as lines to read: what its template says with the data of the message in its places, then what
 * could be done in it.
 */
export function viewLines({ template, actions }: View, viewData: unknown = {}): readonly string[] {
  const lines = new Lines(viewData)
  lines.read(readJson(template), deepest)
  // A template that says nothing itself leaves the words to its data.
  if (lines.said.size === 0) lines.read(viewData, deepest)
  return [...lines.said, ...actions.map((action) => `Action: ${action}`)]
    .map((line) => line.slice(0, longestLine))
    .slice(0, mostLines)
}

class Lines {
  readonly said = new Set<string>()
  readonly #data: unknown

  constructor(data: unknown) {
    this.#data = data
  }

  read(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || depth === 0 || this.said.size >= mostLines) return
    const pair = Array.isArray(value) ? null : this.#pairIn(value)
    if (pair !== null) this.said.add(pair)
    for (const [key, inner] of Object.entries(value)) {
      if (pair !== null && isPairKey(key)) continue
      const filled: unknown = typeof inner === 'string' ? filledFrom(inner, this.#data) : inner
      if (typeof filled === 'object') this.read(filled, depth - 1)
      else if (Array.isArray(value) || isRead(key, { isFilled: filled !== inner })) this.#say(filled)
    }
  }

  /** "Date: 3 May", where a label stands beside its value. */
  #pairIn(value: object): string | null {
    const [label, told] = ['label', 'value'].map((wanted) => {
      const found: unknown = Object.entries(value).find(([key]) => key.toLowerCase() === wanted)?.[1]
      return spelled(typeof found === 'string' ? filledFrom(found, this.#data) : found)
    })
    return label === undefined || told === undefined || label === '' || told === ''
      ? null
      : `${label}: ${told}`
  }

  #say(value: unknown): void {
    const line = spelled(value)
    if (line !== '') this.said.add(line)
  }
}

function isPairKey(key: string): boolean {
  return /^(label|value)$/i.test(key)
}

function isRead(key: string, { isFilled }: { isFilled: boolean }): boolean {
  return readable.test(key) || (isFilled && !machinery.test(key))
}

/** Placeholders that nothing fills, such as `$.Customer.Name`, and whatever is no word say nothing to a reader. */
function spelled(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value.startsWith('$.') || value.startsWith('{{')) return ''
  return value.trim()
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
