/**
 * The keychain of the operating system. `backend` names it; 'none' means there is nothing that keeps a secret,
 * a fixed key included. 'locked' wants its password first; 'silent' was chosen by the desktop but does not answer.
 */
export interface Keychain {
  state(): Promise<KeychainState>
  /** Null when it does not seal just now, or only with a key that everybody knows. */
  seal(text: string): Promise<Uint8Array | null>
  unseal(sealed: Uint8Array): Promise<Unsealed>
}

export type KeychainState =
  | { readonly state: 'none' }
  | { readonly state: 'locked' | 'silent'; readonly backend: string }
  | { readonly state: 'usable'; readonly backend: string }

export type Unsealed =
  /** `isStale`: the keychain has a better key by now and asks to seal it anew. */
  | { readonly outcome: 'opened'; readonly text: string; readonly isStale: boolean }
  /** Not now; nothing is said about the sealed bytes. */
  | { readonly outcome: 'unavailable' }
  /** Never: sealed by another key, or damaged. */
  | { readonly outcome: 'refused' }
