type Reason = 'locked' | 'asleep' | 'other-user' | 'dark'

/** Whether somebody can be looking at the screen. One reason against it is enough, and they end in any order. */
export class Presence {
  readonly #changed: (isAway: boolean) => void
  readonly #reasons = new Set<Reason>()

  constructor(changed: (isAway: boolean) => void) {
    this.#changed = changed
  }

  leave(reason: Reason): void {
    const wasAway = this.#reasons.size > 0
    this.#reasons.add(reason)
    if (!wasAway) this.#changed(true)
  }

  end(reason: Reason): void {
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) this.#changed(false)
  }

  /** Somebody unlocked it, or types: whatever end the system forgot to tell of has come. */
  comeBack(): void {
    if (this.#reasons.size === 0) return
    this.#reasons.clear()
    this.#changed(false)
  }
}
