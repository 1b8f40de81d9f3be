import type { Offer } from '#shared/model.ts'
import type { Secret } from '../vault/secret.ts'

/**
 * Where contacts come from. The participant service cannot list or offer contacts, so each way they reach an agent
 * is one implementation of this. Methods reject with `DeskError`.
 */
export interface ContactSource {
  readonly instanceId: string
  accept(offerId: string): Promise<AcceptedContact>
  reject(offerId: string): Promise<void>
  /** The agent is done with an ended contact. */
  wrapUp(contactId: string): Promise<void>
  close(): Promise<void>
}

export interface OfferListener {
  offered(offer: Offer): void
  withdrawn(offerId: string): void
}

/** All that is needed to join a chat. */
export interface AcceptedContact {
  readonly contactId: string | null
  readonly participantToken: Secret
  /** As the source or the service names them; empty while nobody has said it. */
  readonly customer: string
  /** What the agent calls this chat. It stays, whatever the service says. */
  readonly label?: string
  readonly queue: string | null
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
}
