import type { Clock, Stop } from '../clock.ts'
import type { ContactHandle } from '../contact-handle.ts'
import type { OfferBook } from '../control/offers.ts'
import { between, seededRandom } from '../random.ts'
import { contentTypes } from '../room/content-types.ts'
import type { ContactSpec } from '../simulator.ts'
import type { Arrival } from '../stories/catalogue.ts'
import { Customer } from './customer.ts'
import type { Guide, Script } from './script.ts'

export type PlayOptions = Readonly<{
  /** The same seed makes the same pauses, choices and files. Default: the simulator's. */
  seed?: number | undefined
  /** 2 is twice as fast. Offers keep their own time. Default 1. */
  speed?: number | undefined
  /** Whether customers are offered on the feed. If not, a test connects with `contact.agent`. Default true. */
  offered?: boolean | undefined
}>

/** A story that is being played. */
export type StoryRun = Readonly<{
  /** Those who have come so far. */
  contacts: readonly ContactHandle[]
  /** Settles when everybody has come and every chat has ended. */
  done: Promise<void>
  /** Lets customers fall silent; their chats stay open. */
  stop: Stop
}>

type Stage = Readonly<{
  clock: Clock
  offers: OfferBook
  admit: (spec: ContactSpec) => ContactHandle
}>

/** How often a customer nobody took is offered again before giving up. */
const offersInAll = 4
const offerAgainMs = 12_000

export function playStory(
  arrivals: readonly Arrival[],
  stage: Stage,
  options: Required<Readonly<{ [K in keyof PlayOptions]-?: NonNullable<PlayOptions[K]> }>>,
): StoryRun {
  const { speed, offered } = options
  const contacts: ContactHandle[] = []
  const stops: Stop[] = []
  let finish: () => void = () => undefined
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  let awaited = arrivals.length
  const arrive = (script: Script, index: number): void => {
    const contact = enter(script, stage)
    const random = seededRandom(options.seed + index * 7919)
    const customer = new Customer(contact, script, { clock: stage.clock, random, speed })
    contacts.push(contact)
    contact.onItem((item) => {
      if (item.ContentType !== contentTypes.ended) return
      awaited -= 1
      if (awaited === 0) finish()
    })
    stops.push(() => customer.stop())
    if (offered) stops.push(offerUntilTaken(contact, stage, between(random, 0.8, 1.2) * offerAgainMs))
  }
  arrivals.forEach(({ script, afterSeconds }, index) => {
    if (afterSeconds === 0) arrive(script, index)
    else stops.push(stage.clock.after((afterSeconds * 1000) / speed, () => arrive(script, index)))
  })
  const stop = (): void => {
    for (const stopOne of stops) stopOne()
  }
  return { contacts, done, stop }
}

/** Brings a customer in with everything that was said before: an earlier chat, and the bot. */
function enter(script: Script, { clock, admit }: Stage): ContactHandle {
  const { customerName, queue } = script
  const persistentFrom = script.before && earlierChat(script, { clock, admit })
  const startedAt = clock.now() - 20_000 - script.prelude.length * 9_000
  const contact = admit({
    customerName,
    queue,
    attributes: { ...script.attributes },
    startedAt,
    ...(persistentFrom !== undefined && { persistentFrom }),
  })
  script.prelude.forEach((turn, index) => speak(contact, turn, startedAt + 4_000 + index * 9_000))
  return contact
}

/** Ended a week ago; returns its contact id. */
function earlierChat(script: Script, { clock, admit }: Pick<Stage, 'clock' | 'admit'>): string {
  const startedAt = clock.now() - 7 * 24 * 3_600_000
  const { customerName, queue, before = [] } = script
  const contact = admit({ customerName, queue, startedAt })
  before.forEach((turn, index) => speak(contact, turn, startedAt + 5_000 + index * 40_000))
  contact.end('customer', startedAt + 10_000 + before.length * 40_000)
  return contact.contactId
}

type Said = NonNullable<Script['before']>[number] | Script['prelude'][number]

function speak(contact: ContactHandle, turn: Said, at: number): void {
  if (isGuide(turn)) {
    contact.show(turn.guide, { data: turn.data, at })
    return
  }
  const role = { bot: 'SYSTEM', customer: 'CUSTOMER', agent: 'AGENT' } as const
  const contentType = 'contentType' in turn ? turn.contentType : undefined
  contact.say(turn.text, { role: role[turn.from], at, ...(contentType !== undefined && { contentType }) })
}

const isGuide = (turn: Said): turn is Guide => 'guide' in turn

/** A customer nobody takes is offered again a few times, then goes. */
function offerUntilTaken(contact: ContactHandle, { clock, offers }: Stage, pauseMs: number): Stop {
  let left = offersInAll
  let stopTimer: Stop = () => undefined
  const offer = (): void => {
    left -= 1
    if (!contact.hasEnded) contact.offer()
  }
  const stopListening = offers.onEvent((event) => {
    if (event.type !== 'closed' || event.contactId !== contact.contactId || contact.hasEnded) return
    if (event.reason !== 'missed' && event.reason !== 'rejected') return
    stopTimer = clock.after(pauseMs, () => (left > 0 ? offer() : contact.end()))
  })
  offer()
  return () => {
    stopTimer()
    stopListening()
  }
}
