import type { ViewSpec } from '../service/view-shelf.ts'

export type Language = 'en' | 'es' | 'de'

/** A file the customer can produce: a photo (PNG), a document (PDF) or notes (plain text). */
export type ScriptedFile = Readonly<{
  send: 'photo' | 'document' | 'notes'
  name: string
  lines?: readonly string[]
}>

/** Something the customer does. A text may hold {order}, {item}, {name} and {quote} (of the agent's words). */
export type Step = string | ScriptedFile

/** What the customer does when the agent's words match; each reaction happens once. */
export type Reaction = Readonly<{ when: RegExp; then: readonly Step[]; andLeaves?: boolean }>

export type Turn = Readonly<{ from: 'bot' | 'customer'; text: string; contentType?: string }>

/** A step-by-step guide the bot shows, and what fills its places. */
export type Guide = Readonly<{ from: 'bot'; guide: ViewSpec; data: Readonly<Record<string, unknown>> }>

/** One customer: who they are, what happened before the agent came, and how they answer. */
export type Script = Readonly<{
  name: string
  customerName: string
  language: Language
  queue: string
  attributes: Readonly<Record<string, string>>
  /** The conversation before the agent, oldest first. */
  prelude: readonly (Turn | Guide)[]
  /** An earlier chat of the same customer, as the agent wrote it too. */
  before?: readonly (Turn | Readonly<{ from: 'agent'; text: string }>)[]
  opening: readonly Step[]
  reactions: readonly Reaction[]
  /** What an unanswered customer writes, one line after each further wait. */
  impatience?: Readonly<{ afterSeconds: number; lines: readonly string[] }>
  /** How fast they type; 1 is the usual pace. */
  pace?: number
}>

/** What everybody who speaks a language says; {quote} is a piece of what the agent wrote. */
export type Phrases = Readonly<{
  reactions: readonly Reaction[]
  /** To a question nothing else matches. */
  unsure: readonly [string, ...string[]]
  /** To a statement nothing else matches. */
  assent: readonly [string, ...string[]]
  /** To a file from the agent. */
  gotFile: readonly [string, ...string[]]
}>
