import type { Participant } from './participant.ts'
import type { Receipt } from './transcript-item.ts'

export type ReceiptKind = 'delivered' | 'read'

/** Who has received and read which message. A receipt never goes back from read to delivered. */
export class ReceiptBook {
  readonly #byMessage = new Map<string, Map<string, Receipt>>()

  record(messageId: string, recipientId: string, kind: { kind: ReceiptKind; time: string }): Receipt {
    const byRecipient = this.#byMessage.get(messageId) ?? new Map<string, Receipt>()
    const known = byRecipient.get(recipientId)
    const receipt: Receipt = {
      DeliveredTimestamp: known?.DeliveredTimestamp ?? kind.time,
      ...(kind.kind === 'read'
        ? { ReadTimestamp: known?.ReadTimestamp ?? kind.time }
        : known?.ReadTimestamp !== undefined && { ReadTimestamp: known.ReadTimestamp }),
      RecipientParticipantId: recipientId,
    }
    byRecipient.set(recipientId, receipt)
    this.#byMessage.set(messageId, byRecipient)
    return receipt
  }

  of(messageId: string): readonly Receipt[] {
    return [...(this.#byMessage.get(messageId)?.values() ?? [])]
  }

  all(): readonly (Receipt & { MessageId: string })[] {
    return [...this.#byMessage].flatMap(([MessageId, receipts]) =>
      [...receipts.values()].map((receipt) => ({ MessageId, ...receipt })),
    )
  }
}

/** Receipts are for two people; with a third, or a supervisor listening in, the service refuses them. */
export function takesReceipts(participants: readonly Participant[]): boolean {
  const people = participants.filter((one) => one.presence === 'present' && one.role !== 'SYSTEM')
  return people.length <= 2 && people.every((one) => one.role !== 'SUPERVISOR')
}
