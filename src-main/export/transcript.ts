import type { Entry } from '#shared/entry.ts'

/** What every format is written from. */
export interface TranscriptHead {
  readonly customer: string
  readonly contactId: string | null
  readonly queue: string | null
  readonly instance: string
  readonly startedAt: number
  readonly endedAt: number | null
  /** Nothing is missing up to here, by the service's clock; null when that was never proven. */
  readonly completeUpTo: number | null
  readonly exportedAt: number
  /** IANA name: where the times of a transcript for people are meant. */
  readonly timeZone: string
}

export interface ExportedTranscript {
  readonly head: TranscriptHead
  /** In conversation order. */
  readonly entries: readonly Entry[]
}

/** A pure writer: yields the file piece by piece, so that a long conversation never exists twice in memory. */
export interface TranscriptFormat {
  readonly extension: string
  readonly typeName: string
  readonly write: (transcript: ExportedTranscript) => Generator<string>
}
