import { randomBytes, randomUUID } from 'node:crypto'

export type TokenKind = 'PT' | 'CT' | 'WS' | 'S3'

/** Makes identifiers and secrets. */
export interface Mint {
  id(): string
  /** A secret that stands out wherever it leaks: `CANARY-PT-` and 32 random hex digits. */
  token(kind: TokenKind): string
}

export const cryptoMint: Mint = {
  id: () => randomUUID(),
  token: (kind) => `CANARY-${kind}-${randomBytes(16).toString('hex')}`,
}
