import { z } from 'zod'

const minutes = 60_000
const hours = 60 * minutes

/**
 * What the sources leave open about the real service, and a few of its lifetimes, each by name. A client is
 * expected to live with every position.
 */
const shape = {
  /** `StartPosition.Id` and `.AbsoluteTime` include the item they name. */
  startPositionInclusive: z.boolean().default(true),
  /** The last transcript page says `NextToken: ""` instead of leaving it out. */
  emptyNextTokenAtEnd: z.boolean().default(false),
  /** Transcript messages nobody has acknowledged carry `Receipts: []` instead of no metadata. */
  emptyReceiptsInTranscript: z.boolean().default(false),
  /** An attachment item in progress is pushed before the verdict. */
  inProgressItemPushed: z.boolean().default(false),
  /** The verdict comes under the Id of the item in progress. */
  verdictKeepsItemId: z.boolean().default(true),
  /** What GetAttachment answers for a rejected file. */
  rejectedAttachmentStatus: z.union([z.literal(400), z.literal(403)]).default(400),
  /** Content-Disposition of an upload names the file in ASCII or as the participant gave it. */
  attachmentNameInHeader: z.enum(['ascii', 'as-given']).default('ascii'),
  /** What decides whether a file is allowed. */
  attachmentTypeCheck: z.enum(['type', 'extension', 'both', 'none']).default('both'),
  /** How long connection tokens can still read after the chat ended. */
  graceAfterEndMs: z.number().min(0).default(0),
  /** The close code sockets get when the chat ended; null leaves them open. */
  closeCodeAtEnd: z.number().int().nullable().default(1000),
  closeCodeAtExpiry: z.number().int().default(1001),
  eventOrderAtEnd: z.enum(['left-then-ended', 'ended-then-left', 'ended-only']).default('left-then-ended'),
  eventOrderAtTransfer: z
    .enum(['transfer-then-left', 'left-then-transfer', 'transfer-only'])
    .default('transfer-then-left'),
  /** `chat.ended` names the participant who ended it. */
  endedNamesParticipant: z.boolean().default(false),
  forgetClientTokenAfterMs: z
    .number()
    .min(0)
    .default(24 * hours),
  errorsCarryCors: z.boolean().default(true),
  errorTypeForm: z.enum(['header', 'header-with-url', 'body', 'none']).default('header'),
  /** An opaque id such as AIDAT2LWUWLGQHAJ2JAOX is also seen in the field. */
  agentDisplayName: z.string().min(1).default('Agent'),
  /** Receipt frames also go to the participant who sent the receipt. */
  metadataToAll: z.boolean().default(true),
  metadataNamesContact: z.boolean().default(false),
  /** One agent socket carries the frames of all the agent's chats. */
  sharedAgentSocket: z.boolean().default(false),
  /** What happens to a socket beyond `socketsPerParticipant`. */
  extraSocket: z.enum(['refuse-new', 'close-oldest']).default('refuse-new'),
  maxTextLength: z.number().int().min(1).max(16_384).default(1024),
  textLengthIn: z.enum(['characters', 'utf-16-units', 'bytes']).default('characters'),
  /** SendMessage reports this processing status and pushes an update when it is settled. */
  messageProcessing: z.enum(['unreported', 'settles', 'fails', 'rejects']).default('unreported'),
  /** What an agent writes is kept and told with `[PII]` in the place of its digits. */
  rewriteMessages: z.boolean().default(false),
  /** Typing frames also go to the participant who types. */
  typingEchoed: z.boolean().default(true),
  /** The echo of an own item is held back this long, so that the reply comes first. */
  echoDelayMs: z.number().min(0).default(0),
  /** A supervisor who only reads along is said to have joined. */
  monitorIsAnnounced: z.boolean().default(false),
  /** An agent who disconnects takes the chat down. */
  agentExitEndsChat: z.boolean().default(true),
  customerExitEndsChat: z.boolean().default(true),
  throttled: z.boolean().default(false),
  /** Who shares the rates. In an account other instances make as many calls. */
  throttleScope: z.enum(['instance', 'participant', 'account']).default('instance'),

  socketUrlMs: z.number().min(0).default(100_000),
  connectionExpiryMs: z
    .number()
    .min(0)
    .default(66 * minutes),
  connectionTokenMs: z
    .number()
    .min(0)
    .default(24 * hours),
  uploadUrlMs: z
    .number()
    .min(0)
    .default(15 * minutes),
  attachmentUrlSeconds: z.number().min(1).default(300),
  authenticationWindowMs: z.number().min(0).default(minutes),
  scanMs: z.number().min(0).default(0),
  socketsPerParticipant: z.number().int().min(1).default(5),
  attachmentsPerContact: z.number().int().min(0).default(35),
  attachmentMaxBytes: z
    .number()
    .int()
    .min(1)
    .default(20 * 1024 * 1024),
  offerSeconds: z.number().min(0).default(20),
}

const Complete = z.strictObject(shape)

export type Switches = Readonly<z.output<typeof Complete>>
export type SwitchChange = { readonly [Name in keyof Switches]?: Switches[Name] | undefined }

/** The positions of all switches, changeable while the simulator runs. */
export class SwitchBoard {
  #positions: Switches
  readonly #initial: Switches

  constructor(initial: SwitchChange = {}) {
    this.#initial = Complete.parse(initial)
    this.#positions = this.#initial
  }

  get now(): Switches {
    return this.#positions
  }

  /** Throws a ZodError for an unknown name or position. */
  set(change: unknown): void {
    const names = z.record(z.string(), z.unknown()).parse(change)
    this.#positions = Complete.parse({ ...this.#positions, ...names })
  }

  restore(): void {
    this.#positions = this.#initial
  }
}
