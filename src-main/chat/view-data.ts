const whole = /^\$\.([\w.[\]-]+)$/u
/** Never "$.50": a name begins with a letter. */
const inside = /\{\{\s*\$?\.?([A-Za-z_][\w.[\]-]*)\s*\}\}|\$\.([A-Za-z_][\w.[\]-]*[\w\]])/gu

/** What stands in the place of `$.Path.To[0].It`: any value of the data for a whole text, words within one. */
export function filledFrom(text: string, data: unknown): unknown {
  const path = whole.exec(text)?.[1]
  if (path !== undefined) return valueAt(path, data) ?? text
  return text.replaceAll(inside, (placeholder, braced: string | undefined, bare: string | undefined) => {
    const value = valueAt(braced ?? bare ?? '', data)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : placeholder
  })
}

function valueAt(path: string, data: unknown): unknown {
  let value = data
  for (const step of path.split(/[.[\]]+/u)) {
    if (step === '') continue
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Object.entries(value).find(([key]) => key === step)?.[1]
  }
  return value
}
