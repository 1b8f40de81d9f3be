/** A line for the log: ids, states, timings. Never content, names or tokens. */
export type Note = (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void
