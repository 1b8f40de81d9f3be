import { setTimeout as sleep } from 'node:timers/promises'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Contender } from './contender.ts'
import { sentences } from './reconnecting.ts'
import type { Row } from './row.ts'
import { atMost, exactly } from './row.ts'
import type { Scene } from './scene.ts'
import { disorder, isLiveAgain, missing, onScene, outage, refusals, timesUntil, worst } from './scene.ts'

/** (c) The socket drops, 250 messages come before there is another. */
export async function afterAGap(contender: Contender): Promise<number> {
  return onScene(contender, {}, async ({ simulator, chats }) => {
    simulator.faults.add({ kind: 'drop-sockets' })
    for (const { contact } of chats) contact.sayAll(sentences(250))
    await timesUntil(chats, isLiveAgain, { within: 8000 })
    return 250 - Math.max(...chats.map(missing))
  })
}

export function rowsAfterAGap(pair: { peer: number; ours: number }): Row[] {
  const situation = 'a gap of 250 messages'
  return [{ situation, measure: 'recovered, of 250', ...pair, goal: exactly(250) }]
}

export interface LongGap {
  readonly perChat: number
  readonly active: number | null
  readonly all: number | null
  readonly isActiveFirst: boolean
  readonly lost: number
  readonly wrong: number
  readonly calls: number
  readonly refused: number
}

/** (c) The same for ten chats at once with a service that keeps its published rates. */
export async function afterALongGap(contender: Contender, perChat: number): Promise<LongGap> {
  const setting = { chatsPerDesk: 10, isThrottled: true }
  return onScene(contender, setting, async ({ simulator, chats }) => {
    chats[0]?.chat.show()
    await outage(simulator, 1000, () => chats.forEach(({ contact }) => contact.sayAll(sentences(perChat))))
    const before = simulator.requests({ operation: 'GetTranscript' }).length
    const times = await timesUntil(chats, isLiveAgain, { within: 30_000 + perChat * 30, lookEvery: 250 })
    const [active = null, ...others] = times
    const wrong = chats.map(disorder).map(({ misordered, twice }) => misordered + twice)
    return {
      perChat,
      active,
      all: worst(times),
      isActiveFirst: active !== null && others.every((time) => time === null || time >= active),
      lost: chats.map(missing).reduce(add, 0),
      wrong: wrong.reduce(add, 0),
      calls: simulator.requests({ operation: 'GetTranscript' }).length - before,
      refused: refusals(simulator),
    }
  })
}

const add = (a: number, b: number): number => a + b

export function rowsAfterALongGap(gap: LongGap): Row[] {
  const situation = `a gap of ${gap.perChat} messages in each of 10 chats, published rates enforced`
  const ours = (measure: string, figure: Row['ours'], goal: Row['goal']): Row => ({
    situation,
    measure,
    peer: null,
    ours: figure,
    goal,
  })
  const pages = Math.ceil(gap.perChat / 100) + 1
  return [
    ours('messages lost', gap.lost, exactly(0)),
    ours('out of order or twice', gap.wrong, exactly(0)),
    ours('calls refused with 429', gap.refused, exactly(0)),
    ours('the active chat complete first', gap.isActiveFirst ? 'yes' : 'no', exactly('yes')),
    ours('the active chat complete after, ms', gap.active, null),
    ours('all 10 complete after, ms', gap.all, null),
    // One call for each page is the least; the rate allows eight a second.
    ours('readings of the transcript', gap.calls, atMost(Math.ceil(pages * 10 * 1.2))),
  ]
}

/** (d) Frames overtake each other, and one comes twice. */
export async function arrivalOrder(contender: Contender): Promise<string> {
  return onScene(contender, {}, async ({ chats }) => {
    const [one] = chats
    if (one === undefined) throw new Error('The scene has a chat')
    const { contact, chat } = one
    const { room } = contact
    const author = room.participants.find(({ role }) => role === 'CUSTOMER')
    const items = new Map(
      [1, 2, 3, 4, 5, 6, 10].map((number) => {
        const item = {
          Id: `number-${number}`,
          Type: 'MESSAGE',
          ContentType: 'text/plain',
          Content: String(number),
          AbsoluteTime: room.nextTime(),
          ContactId: room.contactId,
          ParticipantRole: 'CUSTOMER',
          ParticipantId: author?.id ?? '',
          DisplayName: 'Ana',
        } as const
        room.log.append(item)
        return [number, item]
      }),
    )
    for (const number of [1, 2, 3, 10, 5, 4, 10, 6]) {
      const item = items.get(number)
      if (item !== undefined) room.publish(item)
    }
    await sleep(3000)
    const numbers = chat.shownIds().flatMap((id) => /^number-(\d+)$/.exec(id)?.[1] ?? [])
    return numbers.join(',')
  })
}

export function rowsOfArrivalOrder(pair: { peer: string; ours: string }): Row[] {
  const situation = 'messages arrive in the order 1,2,3,10,5,4,10,6'
  return [{ situation, measure: 'shown in the order', ...pair, goal: exactly('1,2,3,4,5,6,10') }]
}

interface RefusedUpload {
  readonly said: string
  readonly completed: number
  readonly later: string
}

/** (e) The storage answers 403 to the file. */
export async function refusedUpload(contender: Contender): Promise<RefusedUpload> {
  const folder = await mkdtemp(path.join(tmpdir(), 'compare-'))
  try {
    return await onScene(contender, {}, (scene) => refuseUpload(scene, path.join(folder, 'bill.txt')))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function refuseUpload({ simulator, chats }: Scene, file: string): Promise<RefusedUpload> {
  const [one] = chats
  if (one === undefined) throw new Error('The scene has a chat')
  const bytes = Buffer.alloc(100_000, 'bill ')
  await writeFile(file, bytes)
  simulator.faults.add({ kind: 'storage-403' })
  const said = await one.chat.upload({ path: file, bytes })
  const completed = simulator.requests({ operation: 'CompleteAttachmentUpload' }).length
  simulator.faults.clear()
  await one.chat.retryUploads()
  const files = one.contact.truth().attachments.filter(({ sha256 }) => sha256 !== undefined)
  return { said, completed, later: files.map(({ status, completes }) => `${status} × ${completes}`).join() }
}

export function rowsOfRefusedUpload({ peer, ours }: { peer: RefusedUpload; ours: RefusedUpload }): Row[] {
  const situation = 'the storage refuses a file (403)'
  return [
    { situation, measure: 'the client says', peer: peer.said, ours: ours.said, goal: exactly('failed') },
    {
      situation,
      measure: 'completions of what was never stored',
      peer: peer.completed,
      ours: ours.completed,
      goal: exactly(0),
    },
    {
      situation,
      measure: 'tried again by the agent, the file is',
      peer: peer.later === '' ? null : peer.later,
      ours: ours.later,
      goal: exactly('APPROVED × 1'),
    },
  ]
}

interface Queued {
  readonly count: number
  readonly delivered: number
  readonly misordered: number
  readonly appliedTwice: number
  readonly seconds: number
  readonly refused: number
}

/** (g) Messages typed while there is no network. */
export async function queuedOffline(contender: Contender, count: number): Promise<Queued> {
  return onScene(contender, { isThrottled: true }, async ({ simulator, chats }) => {
    const [one] = chats
    if (one === undefined) throw new Error('The scene has a chat')
    const { contact, chat } = one
    const typed = sentences(count)
    await outage(simulator, 2000, async () => {
      await Promise.all(typed.map((text) => chat.send(text).catch(() => undefined)))
    })
    const delivered = () =>
      contact
        .truth()
        .transcript.filter(({ Type, ParticipantRole }) => Type === 'MESSAGE' && ParticipantRole === 'AGENT')
    const since = performance.now()
    await timesUntil(chats, () => delivered().length >= count && chat.waiting() === 0, {
      within: chat.waiting() === 0 ? 5000 : 30_000 + count * 150,
      lookEvery: 100,
    })
    const texts = delivered().map(({ Content }) => Content ?? '')
    const once = new Set(texts)
    const expected = typed.filter((text) => once.has(text))
    const tokens = Object.values(contact.truth().clientTokens)
    return {
      count,
      delivered: once.size,
      misordered: [...once].filter((text, index) => expected[index] !== text).length,
      appliedTwice: texts.length - once.size + tokens.filter((times) => times !== 1).length,
      seconds: Math.round((performance.now() - since) / 1000),
      refused: refusals(simulator),
    }
  })
}

export function rowsQueuedOffline({ peer, ours }: { peer: Queued; ours: Queued }): Row[] {
  const situation = `${ours.count} messages typed without network, published rates enforced`
  const figures = (measure: string, of: (one: Queued) => number, goal: Row['goal']): Row => ({
    situation,
    measure,
    peer: of(peer),
    ours: of(ours),
    goal,
  })
  return [
    figures('delivered', ({ delivered }) => delivered, exactly(ours.count)),
    figures('out of order', ({ misordered }) => misordered, exactly(0)),
    figures('delivered twice', ({ appliedTwice }) => appliedTwice, exactly(0)),
    figures('calls refused with 429', ({ refused }) => refused, exactly(0)),
    figures('delivered within, s', ({ seconds }) => seconds, null),
  ]
}
