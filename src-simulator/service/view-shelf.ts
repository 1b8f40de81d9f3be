import { z } from 'zod'
import type { Mint } from '../mint.ts'

export const ViewSpec = z.strictObject({
  Id: z
    .string()
    .max(500)
    .regex(/^[a-zA-Z0-9_\-:/$]+$/),
  Arn: z.string(),
  Name: z.string().max(255),
  Version: z.number().int(),
  Content: z.strictObject({
    /** JSON text, as is the template. */
    InputSchema: z.string(),
    Template: z.string(),
    Actions: z.array(z.string()),
  }),
})

export type ViewSpec = Readonly<z.output<typeof ViewSpec>>

/** Step-by-step guides by the token that an interactive message carries. */
export class ViewShelf {
  readonly #mint: Mint
  readonly #views = new Map<string, ViewSpec>()

  constructor(mint: Mint) {
    this.#mint = mint
  }

  /** Without a token, makes one; it holds characters that must be escaped in a path. */
  add(view: ViewSpec, token = `view/${this.#mint.id()}+=`): string {
    this.#views.set(token, view)
    return token
  }

  find(token: string): ViewSpec | undefined {
    return this.#views.get(token)
  }

  clear(): void {
    this.#views.clear()
  }
}
