import type { Failure } from '#shared/failure.ts'
import { unreachable } from '#shared/failure.ts'
import type { UploadJob } from './upload-job.ts'

export const tooLate: Failure = { code: 'chat-ended', message: 'The chat ended before this file was sent.' }
const unknownFate: Failure = {
  code: 'chat-ended',
  message: 'The chat ended before this file was confirmed. The customer may not have it.',
}
const unscanned: Failure = {
  code: 'chat-ended',
  message: 'The file arrived, but the chat ended before its scan. The customer may not have it.',
}

/** What is told of a file that the end of the chat overtook. */
export function fateAtEnd({ state }: UploadJob): Failure {
  switch (state.phase) {
    case 'completing':
      return unknownFate
    case 'scanning':
      return unscanned
    case 'staged':
    case 'waiting':
    case 'sending':
    case 'delivered':
    case 'failed':
      return tooLate
    default:
      return unreachable(state)
  }
}
