import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { ShownEntry } from './driver.ts'

/** How what the app shows differs from what really happened. All zero is the promise. */
export interface Verdict {
  readonly shown: number
  readonly lost: number
  readonly duplicated: number
  readonly misordered: number
  /** Shown with other words than the service has, or as waiting although the service has it. */
  readonly untrue: number
  /** Messages the service applied more than once. */
  readonly appliedTwice: number
  /** Messages an agent typed that the service does not have. */
  readonly unsent: number
}

export const spotless: Verdict = {
  shown: 0,
  lost: 0,
  duplicated: 0,
  misordered: 0,
  untrue: 0,
  appliedTwice: 0,
  unsent: 0,
}

/** Compares with the simulator's truth. `typed` are the agent's messages in the order they were accepted. */
export function judge(
  contact: ContactHandle,
  entries: readonly ShownEntry[],
  typed: readonly string[],
): Verdict {
  const { transcript, clientTokens } = contact.truth()
  const truth = transcript
    .filter(({ Type }) => Type === 'MESSAGE' || Type === 'ATTACHMENT')
    .map(({ Id }) => Id)
  const ids = entries.flatMap(({ serviceId }) => (serviceId === null ? [] : [serviceId]))
  const known = new Set(ids)
  const own = transcript.filter(
    ({ ParticipantRole, Type }) => ParticipantRole === 'AGENT' && Type === 'MESSAGE',
  )
  const delivered = own.map(({ Content }) => Content ?? '')
  const wanted = new Set(typed)
  const words = new Map(transcript.map(({ Id, Content }) => [Id, Content]))
  return {
    shown: ids.length,
    lost: truth.filter((id) => !known.has(id)).length,
    duplicated: ids.length - known.size,
    misordered:
      outOfPlace(
        truth,
        ids.filter((id) => truth.includes(id)),
      ) +
      outOfPlace(
        typed.filter((text) => delivered.includes(text)),
        delivered.filter((text) => wanted.has(text)),
      ),
    untrue: entries.filter((entry) => !isTrue(entry, words, delivered)).length,
    appliedTwice:
      Object.values(clientTokens).filter((times) => times !== 1).length +
      delivered.length -
      new Set(delivered).size,
    unsent: typed.filter((text) => !delivered.includes(text)).length,
  }
}

function isTrue(
  { serviceId, text, delivery }: ShownEntry,
  words: ReadonlyMap<string, string | undefined>,
  delivered: readonly string[],
): boolean {
  if (serviceId === null) return delivery === null || !delivered.includes(text)
  const said = words.get(serviceId)
  return said === undefined || said === text
}

export function add(a: Verdict, b: Verdict): Verdict {
  return {
    shown: a.shown + b.shown,
    lost: a.lost + b.lost,
    duplicated: a.duplicated + b.duplicated,
    misordered: a.misordered + b.misordered,
    untrue: a.untrue + b.untrue,
    appliedTwice: a.appliedTwice + b.appliedTwice,
    unsent: a.unsent + b.unsent,
  }
}

export function isSpotless(verdict: Verdict): boolean {
  return Object.entries(verdict).every(([name, count]) => name === 'shown' || count === 0)
}

function outOfPlace(expected: readonly string[], actual: readonly string[]): number {
  return actual.filter((id, index) => expected[index] !== id).length
}
