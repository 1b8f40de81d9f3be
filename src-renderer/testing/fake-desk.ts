import { vi } from 'vitest'
import type { RequestName } from '#shared/contract.ts'
import type { FailureCode } from '#shared/failure.ts'
import type { Change } from '#shared/model.ts'
import { aSnapshot } from './builders.ts'

type Answer = (input: never) => unknown

/** What an answer returns when main refuses. */
export class Refusal {
  readonly code: FailureCode
  readonly message: string

  constructor(code: FailureCode, message: string) {
    this.code = code
    this.message = message
  }
}

/** What main would answer, for tests of the page. Install it before anything asks. */
export class FakeDesk {
  readonly calls: { readonly name: RequestName; readonly input: unknown }[] = []
  readonly staged: { readonly chatId: string; readonly name: string }[] = []
  readonly #answers = new Map<RequestName, Answer>()
  readonly #listeners = new Set<(name: string, payload: unknown) => void>()
  #revision = 1

  constructor() {
    this.answer('desk.snapshot', () => aSnapshot())
    this.answer('timeline.watch', () => ({ entries: [], hasOlder: false, revision: this.#revision }))
    this.answer('chat.draft', () => ({ isOnDisk: true }))
    this.answer('chat.send', () => ({ entryId: 'new' }))
    vi.stubGlobal('desk', {
      request: (name: RequestName, input: never) => this.#request(name, input),
      onPush: (listener: (name: string, payload: unknown) => void) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      stageFile: async (chatId: string, file: File) => {
        this.staged.push({ chatId, name: file.name })
        return { ok: true, value: { uploadId: file.name } }
      },
    })
  }

  answer(name: RequestName, answer: Answer): void {
    this.#answers.set(name, answer)
  }

  refuse(name: RequestName, code: FailureCode, message: string): void {
    this.#answers.set(name, () => new Refusal(code, message))
  }

  push(name: string, payload: unknown): void {
    for (const listener of this.#listeners) listener(name, payload)
  }

  /** The next patch, numbered as main would. */
  patch(...changes: Change[]): void {
    this.#revision += 1
    this.push('desk.patch', { revision: this.#revision, changes })
  }

  inputsOf(name: RequestName): readonly unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input)
  }

  async #request(name: RequestName, input: never): Promise<unknown> {
    this.calls.push({ name, input })
    const value: unknown = await this.#answers.get(name)?.(input)
    if (value instanceof Refusal) return { ok: false, failure: { code: value.code, message: value.message } }
    return { ok: true, value }
  }
}
