/**
 * What a text that should be JSON holds; undefined when it is none, or nested so deep that nothing can walk it. Some
 * senders write JSON into JSON.
 */
export function readJson(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content)
    return typeof value === 'string' ? JSON.parse(value) : value
  } catch {
    return undefined
  }
}
