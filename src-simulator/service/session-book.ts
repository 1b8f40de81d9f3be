/** A customer authentication in progress, known by its SessionId. */
export type AuthenticationSession = {
  readonly id: string
  readonly contactId: string
  readonly startedAt: number
  state: 'open' | 'cancelled'
}

export class SessionBook {
  readonly #sessions = new Map<string, AuthenticationSession>()

  open(session: { readonly id: string; readonly contactId: string; readonly startedAt: number }): void {
    this.#sessions.set(session.id, { ...session, state: 'open' })
  }

  find(id: string): AuthenticationSession | undefined {
    return this.#sessions.get(id)
  }

  clear(): void {
    this.#sessions.clear()
  }
}
