import type { Operation } from '#simulator/service/operations.ts'
import { connectingAgain, joining, leaving, readingMissed } from './deeds-of-connection.ts'
import { cancellingSignIn, fetchingFile, openingGuide, startingSignIn } from './deeds-of-asking.ts'
import { sendingFile, sendingMessage, tellingRead, typing } from './deeds-of-sending.ts'
import type { Stage } from './stage.ts'

/** How a deed stands and what the agent reads about it. */
export interface Standing {
  /** Nothing more will happen by itself. */
  readonly isOver: boolean
  readonly state: string
  /** What else is to be said of the state. */
  readonly detail?: string
  /** In brackets where there are no words. */
  readonly reads: string
}

export interface Begun {
  begin(): void
  standing(): Standing
  /** How often the service did what was asked. Left out where asking twice changes nothing. */
  readonly applied?: () => number
}

export interface Deed {
  readonly operation: Operation
  /** Where one operation is called for different ends. */
  readonly purpose?: string
  /** This many calls, five by default, prove that it is repeated for as long as it takes. */
  readonly enough?: number
  /** Without another call for this long, none will come. */
  readonly quietAfter?: number
  /** Everything that has to be there before. */
  ready(stage: Stage): Promise<Begun>
}

/** Everything the app asks of the service. */
export const deeds: readonly Deed[] = [
  { operation: 'CreateParticipantConnection', purpose: 'joining', ready: joining },
  { operation: 'CreateParticipantConnection', purpose: 'connecting again', ready: connectingAgain },
  { operation: 'DisconnectParticipant', ready: leaving },
  { operation: 'SendMessage', ready: sendingMessage },
  { operation: 'SendEvent', purpose: 'typing', quietAfter: 1500, ready: typing },
  { operation: 'SendEvent', purpose: 'read receipt', quietAfter: 6000, enough: 3, ready: tellingRead },
  { operation: 'GetTranscript', ready: readingMissed },
  { operation: 'StartAttachmentUpload', ready: sendingFile },
  { operation: 'CompleteAttachmentUpload', quietAfter: 6000, ready: sendingFile },
  { operation: 'GetAttachment', ready: fetchingFile },
  { operation: 'DescribeView', ready: openingGuide },
  { operation: 'GetAuthenticationUrl', ready: startingSignIn },
  { operation: 'CancelParticipantAuthentication', ready: cancellingSignIn },
]
