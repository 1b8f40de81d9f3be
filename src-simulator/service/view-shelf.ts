import type { Mint } from '../mint.ts'

export type View = Readonly<{
  Id: string
  Arn: string
  Name: string
  Version: number
  Content: Readonly<{ InputSchema: string; Template: string; Actions: readonly string[] }>
}>

/** Step-by-step guides by the token that an interactive message carries. */
export class ViewShelf {
  readonly #mint: Mint
  readonly #views = new Map<string, View>()

  constructor(mint: Mint) {
    this.#mint = mint
  }

  /** Without a token, makes one; it holds characters that must be escaped in a path. */
  add(view: View, token = `view/${this.#mint.id()}+=`): string {
    this.#views.set(token, view)
    return token
  }

  find(token: string): View | undefined {
    return this.#views.get(token)
  }

  clear(): void {
    this.#views.clear()
  }
}
