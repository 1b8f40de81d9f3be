import type { SwitchChange, Switches } from '../switches.ts'

type Positions = {
  readonly [Name in keyof Switches]: Readonly<{
    positions: readonly Switches[Name][]
    /** Other switches without which this one has nothing to decide. */
    together?: SwitchChange
  }>
}

const twice = [false, true]
const minute = 60_000

/** Every switch of the simulator in every position that tells clients apart. */
export const switchPositions: Positions = {
  startPositionInclusive: { positions: twice },
  emptyNextTokenAtEnd: { positions: twice },
  emptyReceiptsInTranscript: { positions: twice },
  inProgressItemPushed: { positions: twice, together: { scanMs: 20 } },
  verdictKeepsItemId: { positions: twice, together: { scanMs: 20, inProgressItemPushed: true } },
  rejectedAttachmentStatus: { positions: [400, 403] },
  attachmentNameInHeader: { positions: ['ascii', 'as-given'] },
  attachmentTypeCheck: { positions: ['type', 'extension', 'both', 'none'] },
  graceAfterEndMs: { positions: [0, minute] },
  closeCodeAtEnd: { positions: [1000, 1001, null] },
  closeCodeAtExpiry: { positions: [1000, 1001] },
  eventOrderAtEnd: { positions: ['left-then-ended', 'ended-then-left', 'ended-only'] },
  eventOrderAtTransfer: { positions: ['transfer-then-left', 'left-then-transfer', 'transfer-only'] },
  endedNamesParticipant: { positions: twice },
  forgetClientTokenAfterMs: { positions: [0, minute] },
  errorsCarryCors: { positions: twice },
  errorTypeForm: { positions: ['header', 'header-with-url', 'body', 'none'] },
  agentDisplayName: { positions: ['Agent', 'AIDAT2LWUWLGQHAJ2JAOX'] },
  metadataToAll: { positions: twice },
  monitorIsAnnounced: { positions: twice },
  metadataNamesContact: { positions: twice },
  sharedAgentSocket: { positions: twice },
  extraSocket: { positions: ['refuse-new', 'close-oldest'], together: { socketsPerParticipant: 1 } },
  maxTextLength: { positions: [1024, 16_384] },
  textLengthIn: { positions: ['characters', 'utf-16-units', 'bytes'] },
  messageProcessing: { positions: ['unreported', 'settles', 'fails', 'rejects'] },
  rewriteMessages: { positions: twice },
  typingEchoed: { positions: twice },
  echoDelayMs: { positions: [0, 30] },
  agentExitEndsChat: { positions: twice },
  customerExitEndsChat: { positions: twice },
  throttled: { positions: twice },
  throttleScope: { positions: ['instance', 'participant', 'account'], together: { throttled: true } },
  socketUrlMs: { positions: [5000, 100_000] },
  connectionExpiryMs: { positions: [10 * minute, 66 * minute] },
  connectionTokenMs: { positions: [60 * minute, 24 * 60 * minute] },
  uploadUrlMs: { positions: [minute, 15 * minute] },
  attachmentUrlSeconds: { positions: [5, 300] },
  authenticationWindowMs: { positions: [10_000, minute] },
  scanMs: { positions: [0, 20] },
  socketsPerParticipant: { positions: [1, 5] },
  attachmentsPerContact: { positions: [1, 35] },
  attachmentMaxBytes: { positions: [1000, 20 * 1024 * 1024] },
  offerSeconds: { positions: [5, 20] },
}

export type SwitchCase = Readonly<{
  name: keyof Switches
  /** The position, for the name of a test. */
  shown: string
  position: unknown
  switches: SwitchChange
}>

export const switchCases: readonly SwitchCase[] = Object.entries(switchPositions).flatMap(
  ([name, { positions, together }]) =>
    positions.map((position) => ({
      name: name as keyof Switches,
      shown: JSON.stringify(position),
      position,
      switches: { ...together, [name]: position },
    })),
)
