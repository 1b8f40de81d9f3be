/** A place in a text that a quick response left to be filled in, `{order}`, braces included. */
export interface Field {
  readonly name: string
  readonly start: number
  readonly end: number
}

const field = /\{([\p{L}_][\p{L}\p{N}_ ]{0,39})\}/gu

export function asField(name: string): string {
  return `{${name}}`
}

/** Fields of a text in order, without those that the agent means as they stand. */
export function fieldsIn(text: string, meant: ReadonlySet<string> = new Set()): readonly Field[] {
  return [...text.matchAll(field)].flatMap(({ 0: whole, 1: name = '', index }) =>
    meant.has(name) ? [] : { name, start: index, end: index + whole.length },
  )
}

/** The next field from here, or the one before; undefined at the last, so that no key is caught for ever. */
export function fieldFrom(
  fields: readonly Field[],
  selected: { readonly start: number; readonly end: number },
  by: 1 | -1,
): Field | undefined {
  return by === 1
    ? fields.find(({ start }) => start >= selected.end)
    : fields.findLast(({ end }) => end <= selected.start)
}
