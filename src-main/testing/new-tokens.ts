import type { KeptTokens } from '../participant/participant-line.ts'
import { Secret } from '../vault/secret.ts'

/** A participant who has not been connected before, and whose tokens nobody keeps. */
export function newTokens(participantToken: string): KeptTokens {
  return { participant: new Secret(participantToken), connection: null, keep: () => undefined }
}
