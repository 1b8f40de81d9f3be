import type { Contender } from './contender.ts'
import type { Row } from './row.ts'
import { atMost, exactly } from './row.ts'
import type { SceneChat } from './scene.ts'
import {
  disorder,
  isLiveAgain,
  missing,
  onScene,
  outage,
  refusals,
  sleep,
  timesUntil,
  worst,
} from './scene.ts'

interface Pair<T> {
  readonly peer: T
  readonly ours: T
}

const fifty = { desks: 5, chatsPerDesk: 10 }
const ten = { chatsPerDesk: 10, isThrottled: true }
const givenUpAfter = 15_000

/** (a) Fifty chats at five desks, no network for two seconds. */
export async function afterAnOutage(contender: Contender): Promise<{ live: number; last: number | null }> {
  return onScene(contender, fifty, async ({ simulator, chats }) => {
    await outage(simulator, 2000, () => chats.forEach(({ contact }) => contact.say('Hello?')))
    const times = await timesUntil(chats, isLiveAgain, { within: givenUpAfter })
    return { live: times.filter((time) => time !== null).length, last: worst(times) }
  })
}

export function rowsAfterAnOutage(rounds: readonly Pair<{ live: number; last: number | null }>[]): Row[] {
  const situation = `50 chats at 5 desks, all sockets dropped, connections reset for 2 s (worst of ${rounds.length})`
  const live = (which: keyof Pair<unknown>): number => Math.min(...rounds.map((round) => round[which].live))
  const last = (which: keyof Pair<unknown>): number | null => worst(rounds.map((round) => round[which].last))
  return [
    { situation, measure: 'live again, of 50', peer: live('peer'), ours: live('ours'), goal: exactly(50) },
    {
      situation,
      measure: 'the last one after, ms',
      peer: last('peer'),
      ours: last('ours'),
      goal: atMost(2000),
    },
  ]
}

/** (a) The same at one desk after a longer time, when nothing tells the client that the network is back. */
export async function afterALongOutage(contender: Contender): Promise<number | null> {
  return onScene(contender, ten, async ({ simulator, chats }) => {
    await outage(simulator, 12_000, () => chats.forEach(({ contact }) => contact.say('Hello?')))
    return worst(await timesUntil(chats, isLiveAgain, { within: givenUpAfter }))
  })
}

export function rowsAfterALongOutage(rounds: readonly Pair<number | null>[]): Row[] {
  const situation = `10 chats, connections reset for 12 s, nobody says that it is over (worst of ${rounds.length})`
  const last = (which: keyof Pair<unknown>): number | null => worst(rounds.map((round) => round[which]))
  const measure = 'all 10 live again after, ms'
  return [{ situation, measure, peer: last('peer'), ours: last('ours'), goal: atMost(5000) }]
}

interface HalfOpen {
  readonly noticed: number | null
  readonly told: number | null
  readonly lost: number
}

/** (b) The socket stays open and carries nothing any more. Several chats, hit at different moments of their heartbeat. */
export async function onHalfOpen(contender: Contender, isSending: boolean): Promise<HalfOpen> {
  const offsets = [300, 3500, 7000]
  return onScene(contender, { chatsPerDesk: offsets.length }, async ({ simulator, chats }) => {
    const outcomes = await Promise.all(
      chats.map(async (one, index): Promise<HalfOpen> => {
        await sleep(offsets[index])
        const { contact, chat } = one
        const dials = () =>
          simulator
            .requests()
            .filter(({ operation, contactId }) => operation === dial && contactId === contact.contactId)
            .length
        const before = dials()
        simulator.faults.add({ kind: 'half-open', contactId: contact.contactId })
        const told = chat.untilTrouble(30_000)
        if (isSending) await chat.send('Here it is.')
        contact.sayAll(['One', 'Two', 'Three', 'Four', 'Five'])
        const [noticed = null] = await timesUntil([one], () => dials() > before, { within: 30_000 })
        await timesUntil([one], isLiveAgain, { within: 5000 })
        return { noticed, told: round(await Promise.race([told, sleep(500, null)])), lost: missing(one) }
      }),
    )
    return {
      noticed: worst(outcomes.map(({ noticed }) => noticed)),
      told: worst(outcomes.map(({ told }) => told)),
      lost: Math.max(...outcomes.map(({ lost }) => lost)),
    }
  })
}

const dial = 'CreateParticipantConnection'
const round = (time: number | null): number | null => (time === null ? null : Math.round(time))

export function rowsOnHalfOpen(pair: Pair<HalfOpen>, isSending: boolean): Row[] {
  const situation = `half-open socket, ${isSending ? 'a message sent meanwhile' : 'nothing sent'} (worst of 3)`
  const limit = isSending ? 3000 : 12_000
  const figures = (measure: string, of: (one: HalfOpen) => number | null, goal: Row['goal']): Row => ({
    situation,
    measure,
    peer: of(pair.peer),
    ours: of(pair.ours),
    goal,
  })
  return [
    figures('noticed after, ms', ({ noticed }) => noticed, atMost(limit)),
    figures('the agent is told after, ms', ({ told }) => told, atMost(limit)),
    figures('messages lost, of 5', ({ lost }) => lost, exactly(0)),
  ]
}

interface Return {
  readonly active: number | null
  readonly all: number | null
  readonly lost: number
  readonly misordered: number
  readonly twice: number
  readonly refused: number
}

/** (f) Ten chats, the first on screen; the customers wrote 100 messages each while the network or the computer was away. */
export async function onReturn(contender: Contender, from: 'outage' | 'sleep'): Promise<Return> {
  return onScene(contender, ten, async ({ simulator, desks, chats }) => {
    chats[0]?.chat.show()
    const talk = (): void => chats.forEach(({ contact }) => contact.sayAll(sentences(100)))
    if (from === 'outage') {
      desks.forEach((desk) => desk.networkChanged(false))
      await outage(simulator, 5000, talk)
      desks.forEach((desk) => desk.networkChanged(true))
    } else {
      simulator.faults.add({ kind: 'half-open' })
      talk()
      await sleep(2000)
      desks.forEach((desk) => desk.resumed())
    }
    const times = await timesUntil(chats, isLiveAgain, { within: 20_000 })
    return {
      active: times[0] ?? null,
      all: worst(times),
      lost: sum(chats, missing),
      misordered: sum(chats, (one) => disorder(one).misordered),
      twice: sum(chats, (one) => disorder(one).twice),
      refused: refusals(simulator),
    }
  })
}

const sum = (chats: readonly SceneChat[], of: (one: SceneChat) => number): number =>
  chats.reduce((total, one) => total + of(one), 0)

export const sentences = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `Message ${index + 1} of ${count}`)

export function rowsOnReturn(rounds: readonly Pair<Return>[], from: 'outage' | 'sleep'): Row[] {
  const what = from === 'outage' ? '5 s without network' : 'sleep: sockets dead, not closed'
  const situation = `10 chats after ${what}, 100 messages missed in each (worst of ${rounds.length})`
  const figures = (measure: string, of: (one: Return) => number | null, goal: Row['goal']): Row => ({
    situation,
    measure,
    peer: worst(rounds.map(({ peer }) => of(peer))),
    ours: worst(rounds.map(({ ours }) => of(ours))),
    goal,
  })
  return [
    figures('the active chat live and complete after, ms', ({ active }) => active, atMost(3000)),
    figures('all 10 live and complete after, ms', ({ all }) => all, atMost(5000)),
    figures('messages lost, of 1000', ({ lost }) => lost, exactly(0)),
    figures('out of order or twice', ({ misordered, twice }) => misordered + twice, exactly(0)),
    figures('calls refused with 429', ({ refused }) => refused, exactly(0)),
  ]
}
