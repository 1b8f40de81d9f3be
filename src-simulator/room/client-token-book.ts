type Entry = { outcome: unknown; appliedAt: number; timesApplied: number }

/**
 * What was done under which ClientToken. Counts real applications, so a test can prove that a retry changed
 * nothing.
 */
export class ClientTokenBook {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number
  readonly #rememberedMs: () => number

  constructor(now: () => number, rememberedMs: () => number) {
    this.#now = now
    this.#rememberedMs = rememberedMs
  }

  /** Runs `apply` unless the same participant did the same under this token before; then repeats the outcome. */
  once<T>(key: { scope: string; token: string | undefined }, apply: () => T): T {
    if (key.token === undefined) return apply()
    const name = `${key.scope}\n${key.token}`
    const known = this.#entries.get(name)
    // The scope holds the operation, so the outcome is of the type that this very operation produced.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
    if (known && this.#now() - known.appliedAt < this.#rememberedMs()) return known.outcome as T
    const outcome = apply()
    this.#entries.set(name, {
      outcome,
      appliedAt: this.#now(),
      timesApplied: (known?.timesApplied ?? 0) + 1,
    })
    return outcome
  }

  /** Per token; one token used for two operations counts as the larger of the two. */
  timesApplied(): Record<string, number> {
    const times: Record<string, number> = {}
    for (const [name, entry] of this.#entries) {
      const token = name.slice(name.indexOf('\n') + 1)
      times[token] = Math.max(times[token] ?? 0, entry.timesApplied)
    }
    return times
  }
}
