import { countCharacters } from '#shared/characters.ts'
import type { WireEvent, WireFile, WireMessage } from './participant-api.ts'
import { ServiceError } from './service-error.ts'

const longestByType = new Map([
  ['application/json', 12_000],
  ['application/vnd.amazonaws.connect.message.interactive.response', 12_288],
])
const longestContent = 16_384
const longestClientToken = 500

/** What the service is known to refuse is refused here, in words. */
export function checkMessage(message: WireMessage, longestText: number): void {
  checkLength(message.content, longestByType.get(message.contentType) ?? longestText)
  checkToken(message.clientToken)
  if (message.contentType.length > 100) {
    throw new ServiceError('bad-input', 'The content type is longer than 100 characters.')
  }
}

export function checkEvent(event: WireEvent): void {
  if (event.content !== undefined) checkLength(event.content, longestContent)
  checkToken(event.clientToken)
}

export function checkFile(file: WireFile): void {
  if (file.name.length < 1 || file.name.length > 256) {
    throw new ServiceError('bad-name', 'The name of the file is not between 1 and 256 characters long.')
  }
  if (file.bytes < 1) throw new ServiceError('empty-file', 'The file is empty.')
  checkToken(file.clientToken)
}

function checkLength(content: string, longest: number): void {
  if (content === '') throw new ServiceError('bad-input', 'The message is empty.')
  if (countCharacters(content) > longest) {
    throw new ServiceError(
      'too-long',
      `The message is longer than ${longest.toLocaleString('en')} characters.`,
    )
  }
}

function checkToken(clientToken: string): void {
  if (clientToken.length < 1 || clientToken.length > longestClientToken) {
    throw new ServiceError('bad-input', 'The client token has no usable length.')
  }
}
