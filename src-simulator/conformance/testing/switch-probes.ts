import type { Switches } from '../../switches.ts'
import type { Session } from './representative-session.ts'
import * as onConnection from './probe-connection.ts'
import * as onFiles from './probe-files.ts'
import * as onMessages from './probe-messages.ts'

/** What a position changes for those in the chat: looked at in the chat, or once it is over. */
type Probe = (session: Session, position: never) => Promise<void> | void

/** Where a client notices the difference that a switch makes; nowhere for those that only change the timing. */
export const switchProbes: Readonly<
  Record<keyof Switches, { readonly during?: Probe; readonly atEnd?: Probe }>
> = {
  startPositionInclusive: { during: onMessages.startPosition },
  emptyNextTokenAtEnd: { during: onMessages.lastNextToken },
  emptyReceiptsInTranscript: { during: onMessages.unreadMetadata },
  inProgressItemPushed: { during: onFiles.inProgress },
  verdictKeepsItemId: { during: onFiles.verdictId },
  rejectedAttachmentStatus: { during: onFiles.rejectedFile },
  attachmentNameInHeader: {},
  attachmentTypeCheck: { during: onFiles.typeCheck },
  graceAfterEndMs: { atEnd: onMessages.grace },
  closeCodeAtEnd: { atEnd: onConnection.closeCode },
  closeCodeAtExpiry: { during: onConnection.expiryCode },
  eventOrderAtEnd: { atEnd: onMessages.lastEvents },
  eventOrderAtTransfer: { during: onMessages.transferEvents },
  endedNamesParticipant: { atEnd: onMessages.whoEnded },
  forgetClientTokenAfterMs: { during: onMessages.forgottenToken },
  errorsCarryCors: { during: onConnection.errorInPage },
  errorTypeForm: { during: onConnection.errorName },
  agentDisplayName: { during: onMessages.agentName },
  metadataToAll: { atEnd: onMessages.ownReceipt },
  monitorIsAnnounced: { during: onMessages.monitored },
  metadataNamesContact: { during: onMessages.receiptContact },
  sharedAgentSocket: {},
  extraSocket: { during: onConnection.extraSocket },
  maxTextLength: { during: onMessages.longText },
  textLengthIn: { during: onMessages.wideText },
  rewriteMessages: { during: onMessages.rewritten },
  messageProcessing: { during: onMessages.processing },
  typingEchoed: { atEnd: onMessages.ownTyping },
  echoDelayMs: {},
  agentExitEndsChat: { during: onMessages.agentLeaves },
  customerExitEndsChat: { atEnd: onMessages.customerLeaves },
  throttled: { during: onConnection.throttling },
  throttleScope: { during: onConnection.throttleScope },
  socketUrlMs: { during: onConnection.socketUrl },
  connectionExpiryMs: { during: onConnection.connectionExpiry },
  connectionTokenMs: { during: onConnection.tokenExpiry },
  uploadUrlMs: { during: onConnection.uploadUrl },
  attachmentUrlSeconds: { during: onFiles.downloadUrl },
  authenticationWindowMs: { during: onConnection.signInWindow },
  scanMs: {},
  socketsPerParticipant: { during: onConnection.socketCount },
  attachmentsPerContact: { during: onFiles.secondFile },
  attachmentMaxBytes: { during: onFiles.bigFile },
  offerSeconds: { during: onConnection.offer },
}
