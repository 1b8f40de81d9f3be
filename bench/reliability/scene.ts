import { setTimeout as sleep } from 'node:timers/promises'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { Contender, ContenderChat, Desk } from './contender.ts'

export interface SceneChat {
  readonly contact: ContactHandle
  readonly chat: ContenderChat
}

/** A service and the desks of one contender, with connected chats. */
export interface Scene {
  readonly simulator: Simulator
  readonly desks: readonly Desk[]
  readonly chats: readonly SceneChat[]
}

export interface Setting {
  readonly desks?: number
  readonly chatsPerDesk?: number
  /** The service refuses with 429 what is beyond its published rates. */
  readonly isThrottled?: boolean
}

export async function onScene<T>(
  contender: Contender,
  { desks: deskCount = 1, chatsPerDesk = 1, isThrottled = false }: Setting,
  play: (scene: Scene) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulator()
  const desks = Array.from({ length: deskCount }, () => contender.openDesk(simulator.endpoint))
  try {
    const chats = await Promise.all(
      desks.flatMap((desk) =>
        Array.from({ length: chatsPerDesk }, async () => {
          const contact = simulator.contact({ customerName: 'Ana' })
          contact.say('Good morning.')
          return { contact, chat: await desk.open(contact) }
        }),
      ),
    )
    if (isThrottled) simulator.faults.add({ kind: 'throttle' })
    return await play({ simulator, desks, chats })
  } finally {
    await Promise.all(desks.map((desk) => desk.close()))
    await simulator.close()
  }
}

/** The network is gone for a while: what is open breaks, what is new is reset. */
export async function outage(
  simulator: Simulator,
  milliseconds: number,
  meanwhile: () => void | Promise<void> = () => undefined,
): Promise<void> {
  simulator.faults.add({ kind: 'refuse-connections' })
  simulator.faults.add({ kind: 'drop-sockets' })
  const over = sleep(milliseconds)
  await meanwhile()
  await over
  simulator.faults.clear('refuse-connections')
}

/** What the contact's transcript has and the chat does not show. */
export function missing({ contact, chat }: SceneChat): number {
  const shown = new Set(chat.shownIds())
  return contact.truth().transcript.filter(({ Id, Type }) => Type === 'MESSAGE' && !shown.has(Id)).length
}

/** Places of the chat that differ from the order of the transcript, and items shown twice. */
export function disorder({ contact, chat }: SceneChat): {
  readonly misordered: number
  readonly twice: number
} {
  const shown = chat.shownIds()
  const known = new Set(shown)
  const truth = contact.truth().transcript.map(({ Id }) => Id)
  const expected = truth.filter((id) => known.has(id))
  const kept = new Set(truth)
  const actual = shown.filter((id) => kept.has(id))
  return {
    misordered: actual.filter((id, index) => expected[index] !== id).length,
    twice: shown.length - known.size,
  }
}

/** On the service's side too: a subscribed socket, and all there is to show is shown. */
export function isLiveAgain(one: SceneChat): boolean {
  return one.contact.sockets > 0 && one.chat.isLive() && missing(one) === 0
}

/** For each chat, the milliseconds until the claim holds for it; null when it never does within the time. */
export async function timesUntil(
  chats: readonly SceneChat[],
  claim: (one: SceneChat) => boolean,
  { within, lookEvery = 20 }: { readonly within: number; readonly lookEvery?: number },
): Promise<readonly (number | null)[]> {
  const since = performance.now()
  const times: (number | null)[] = chats.map(() => null)
  const look = (): boolean => {
    for (const [index, one] of chats.entries())
      if (times[index] === null && claim(one)) times[index] = Math.round(performance.now() - since)
    return times.every((time) => time !== null)
  }
  while (!look() && performance.now() - since < within) await sleep(lookEvery)
  return times
}

export function refusals(simulator: Simulator): number {
  return simulator.requests().filter(({ status }) => status === 429).length
}

/** Null when one of them is. */
export function worst(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>(
    (most, time) => (most === null || time === null ? null : Math.max(most, time)),
    0,
  )
}

export { sleep }
