/** Chats of one kind that take in what customers write. */
export interface Receiver {
  /** Messages of customers that arrived and were dealt with. */
  received(): number
  /** Resolves when nothing of them is left to do, on the disk either. */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface Joined {
  readonly contactId: string
  readonly participantId: string
  readonly participantToken: string
}

export const kinds = [
  'floor',
  'parley',
  'parley with its database',
  'chatjs',
  'chatjs with its transcript',
] as const
export type Kind = (typeof kinds)[number]

export interface StreamOrder {
  readonly kind: Kind
  readonly endpoint: string
  readonly warmUp: readonly Joined[]
  readonly chats: readonly Joined[]
  /** Messages to expect in all of the chats together. */
  readonly warmUpMessages: number
  readonly messages: number
  /** The bundle of the store thread. */
  readonly workerUrl: string
  /** For a database. Emptied by whoever made it. */
  readonly folder: string
}

export interface StreamFigures {
  /** Milliseconds of processor time, of all threads. */
  readonly cpu: number
  readonly wall: number
  /** Bytes of heap that stay for each message. */
  readonly heapPerMessage: number
  readonly peakMegabytes: number
}

export type FromParent = 'warm up' | 'measure'
export type FromChild =
  | { readonly said: 'ready' | 'warm' | 'listening' }
  | { readonly said: 'done'; readonly figures: StreamFigures }
