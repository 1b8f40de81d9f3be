export interface JsonLine {
  readonly name: string
  readonly value: string
}

/** A JSON message as name and value lines that a person can read, or null when it is not JSON, or too deep to tell. */
export function jsonLines(text: string): readonly JsonLine[] | null {
  const lines: JsonLine[] = []
  try {
    collect('', JSON.parse(text), lines)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
  return lines
}

function collect(name: string, value: unknown, lines: JsonLine[]): void {
  if (typeof value !== 'object' || value === null) {
    lines.push({ name: name === '' ? 'Value' : name, value: spelled(value) })
    return
  }
  const inside = Object.entries(value)
  if (inside.length === 0) lines.push({ name: name === '' ? 'Value' : name, value: 'empty' })
  for (const [key, inner] of inside) {
    // Deep enough to read; beyond that the source says it better.
    if (name.split(' › ').length >= 4) lines.push({ name: `${name} › ${key}`, value: JSON.stringify(inner) })
    else collect(name === '' ? key : `${name} › ${key}`, inner, lines)
  }
}

function spelled(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === true) return 'yes'
  if (value === false) return 'no'
  return value === null ? 'none' : JSON.stringify(value)
}
