import type { SwitchChange, Switches } from '../../switches.ts'
import type { Session } from './representative-session.ts'
import * as onConnection from './probe-connection.ts'
import * as onFiles from './probe-files.ts'
import * as onMessages from './probe-messages.ts'

/** What a position changes for those in the chat: looked at in the chat, or once it is over. */
type Probe = (session: Session, position: never) => Promise<void> | void

type SwitchTest = Readonly<{
  positions: readonly unknown[]
  /** Other switches without which this one has nothing to decide. */
  together?: SwitchChange
  during?: Probe
  atEnd?: Probe
}>

const twice = [false, true]
const minute = 60_000

/** Every switch of the simulator, its positions, and where a client notices the difference. */
export const switchTests: Readonly<Record<keyof Switches, SwitchTest>> = {
  startPositionInclusive: { positions: twice, during: onMessages.startPosition },
  emptyNextTokenAtEnd: { positions: twice, during: onMessages.lastNextToken },
  emptyReceiptsInTranscript: { positions: twice, during: onMessages.unreadMetadata },
  inProgressItemPushed: { positions: twice, together: { scanMs: 20 }, during: onFiles.inProgress },
  verdictKeepsItemId: {
    positions: twice,
    together: { scanMs: 20, inProgressItemPushed: true },
    during: onFiles.verdictId,
  },
  rejectedAttachmentStatus: { positions: [400, 403], during: onFiles.rejectedFile },
  attachmentNameInHeader: { positions: ['ascii', 'as-given'] },
  attachmentTypeCheck: { positions: ['type', 'extension', 'both', 'none'], during: onFiles.typeCheck },
  graceAfterEndMs: { positions: [0, minute], atEnd: onMessages.grace },
  closeCodeAtEnd: { positions: [1000, 1001, null], atEnd: onConnection.closeCode },
  closeCodeAtExpiry: { positions: [1000, 1001], during: onConnection.expiryCode },
  eventOrderAtEnd: {
    positions: ['left-then-ended', 'ended-then-left', 'ended-only'],
    atEnd: onMessages.lastEvents,
  },
  eventOrderAtTransfer: {
    positions: ['transfer-then-left', 'left-then-transfer', 'transfer-only'],
    during: onMessages.transferEvents,
  },
  endedNamesParticipant: { positions: twice, atEnd: onMessages.whoEnded },
  forgetClientTokenAfterMs: { positions: [0, minute], during: onMessages.forgottenToken },
  errorsCarryCors: { positions: twice, during: onConnection.errorInPage },
  errorTypeForm: { positions: ['header', 'header-with-url', 'body', 'none'], during: onConnection.errorName },
  agentDisplayName: { positions: ['Agent', 'AIDAT2LWUWLGQHAJ2JAOX'], during: onMessages.agentName },
  metadataToAll: { positions: twice, atEnd: onMessages.ownReceipt },
  metadataNamesContact: { positions: twice, during: onMessages.receiptContact },
  sharedAgentSocket: { positions: twice },
  extraSocket: {
    positions: ['refuse-new', 'close-oldest'],
    together: { socketsPerParticipant: 1 },
    during: onConnection.extraSocket,
  },
  maxTextLength: { positions: [1024, 16_384], during: onMessages.longText },
  textLengthIn: { positions: ['characters', 'utf-16-units', 'bytes'], during: onMessages.wideText },
  messageProcessing: {
    positions: ['unreported', 'settles', 'fails', 'rejects'],
    during: onMessages.processing,
  },
  typingEchoed: { positions: twice, atEnd: onMessages.ownTyping },
  echoDelayMs: { positions: [0, 30] },
  agentExitEndsChat: { positions: twice, during: onMessages.agentLeaves },
  customerExitEndsChat: { positions: twice, atEnd: onMessages.customerLeaves },
  throttled: { positions: twice, during: onConnection.throttling },
  throttleScope: {
    positions: ['instance', 'participant'],
    together: { throttled: true },
    during: onConnection.throttleScope,
  },
  socketUrlMs: { positions: [5000, 100_000], during: onConnection.socketUrl },
  connectionExpiryMs: { positions: [10 * minute, 66 * minute], during: onConnection.connectionExpiry },
  connectionTokenMs: { positions: [60 * minute, 24 * 60 * minute], during: onConnection.tokenExpiry },
  uploadUrlMs: { positions: [minute, 15 * minute], during: onConnection.uploadUrl },
  attachmentUrlSeconds: { positions: [5, 300], during: onFiles.downloadUrl },
  authenticationWindowMs: { positions: [10_000, minute], during: onConnection.signInWindow },
  scanMs: { positions: [0, 20] },
  socketsPerParticipant: { positions: [1, 5], during: onConnection.socketCount },
  attachmentsPerContact: { positions: [1, 35], during: onFiles.secondFile },
  attachmentMaxBytes: { positions: [1000, 20 * 1024 * 1024], during: onFiles.bigFile },
  offerSeconds: { positions: [5, 20], during: onConnection.offer },
}
