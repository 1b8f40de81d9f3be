import type { Author, ParticipantRole } from './transcript-item.ts'

/** One person or machine in a contact. `gone` participants get 403 for everything. */
export type Participant = {
  readonly id: string
  readonly role: ParticipantRole
  readonly token: string
  displayName: string
  presence: 'expected' | 'present' | 'gone'
}

export const authorOf = (participant: Participant): Author => ({
  ParticipantId: participant.id,
  DisplayName: participant.displayName,
  ParticipantRole: participant.role,
})
