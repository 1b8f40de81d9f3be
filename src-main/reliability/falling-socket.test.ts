import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { aRealChat, aRealWorld, type RealChat } from '../testing/real-chat.ts'

let simulator: Simulator
let contact: ContactHandle
let chat: RealChat

beforeEach(async () => {
  simulator = await startSimulator()
  contact = simulator.contact({ customerName: 'Ana' })
  chat = await aRealChat(aRealWorld(simulator.endpoint), contact.agent)
})

afterEach(async () => {
  await chat.session.close()
  await simulator.close()
})

const phase = (): string => chat.session.summary().link.phase
const shows = (words: string): boolean =>
  chat.session
    .entries()
    .some((entry) => entry.kind === 'message' && 'text' in entry.body && entry.body.text === words)

const texts = (): readonly string[] =>
  chat.session
    .entries()
    .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))

/** Does this once for each socket that comes up, and cuts it some time later. */
function cutEach(after: number, meanwhile: (nth: number) => void): () => void {
  let nth = 0
  let isCutting = false
  const timer = setInterval(() => {
    if (isCutting || contact.sockets === 0) return
    isCutting = true
    meanwhile(nth)
    nth += 1
    setTimeout(() => {
      simulator.faults.add({ kind: 'drop-sockets' })
      isCutting = false
    }, after)
  }, 10)
  return () => clearInterval(timer)
}

it('[L14] hears on sockets that keep falling what the echo of an own message proves, while nothing can be read', async () => {
  simulator.faults.add({ kind: 'http-error', operation: 'GetTranscript', status: 503 })
  chat.session.open()
  const stop = cutEach(300, (nth) => {
    contact.say(`question ${nth}`)
    void chat.session.send({ text: `answer ${nth}`, contentType: 'text/plain' })
  })
  await chat.until(() => shows('question 0') && shows('answer 0'), 15_000)
  stop()

  simulator.faults.clear('http-error')
  await chat.until((session) => phase() === 'live' && session.summary().outbox.waiting === 0, 15_000)
  expect(texts().toSorted()).toEqual(
    contact
      .truth()
      .transcript.flatMap(({ Content, Type }) => (Type === 'MESSAGE' ? [String(Content)] : []))
      .toSorted(),
  )
}, 40_000)

it('[L14] has its readings outlast sockets that keep falling', async () => {
  contact.say('before')
  simulator.faults.add({ kind: 'slow', operation: 'GetTranscript', durationMs: 900 })
  chat.session.open()
  const stop = cutEach(300, () => undefined)
  await chat.until(() => shows('before'), 15_000)

  contact.say('meanwhile')
  await chat.until(() => shows('meanwhile'), 15_000)
  stop()

  simulator.faults.clear()
  await chat.until(() => phase() === 'live', 15_000)
}, 40_000)
