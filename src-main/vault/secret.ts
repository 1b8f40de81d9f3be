import { inspect } from 'node:util'

const refusal = '[secret]'

/**
 * A token that refuses to be printed, serialised or cloned. `reveal` is called where the token leaves for the
 * service or is sealed for the disk, and nowhere else (lint pins the files).
 */
export class Secret {
  #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  /** Whoever still holds it holds nothing. */
  forget(): void {
    this.#value = ''
  }

  toString(): string {
    return refusal
  }

  toJSON(): string {
    return refusal
  }

  [inspect.custom](): string {
    return refusal
  }

  /** A function member makes structured clone throw instead of copying an empty shell. */
  readonly neverCloned = (): string => refusal
}
