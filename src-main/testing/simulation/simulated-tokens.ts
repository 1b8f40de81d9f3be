import type { KeptTokens } from '../../participant/participant-line.ts'
import { Secret } from '../../vault/secret.ts'
import { participantToken } from './simulated-service.ts'

/** What the keychain keeps of the one chat; it outlives the app. */
export class SimulatedTokens {
  /** A connection token was kept before the chat ended: there is something to read its end with. */
  wereKeptInTime = false
  readonly #isGoingOn: () => boolean
  #connection: string | null = null

  constructor(isGoingOn: () => boolean) {
    this.#isGoingOn = isGoingOn
  }

  kept(): KeptTokens {
    return {
      participant: new Secret(participantToken),
      connection: this.#connection === null ? null : new Secret(this.#connection),
      keep: (connection) => {
        this.#connection = connection.reveal()
        this.wereKeptInTime ||= this.#isGoingOn()
      },
    }
  }

  forget(): void {
    this.#connection = null
  }
}
