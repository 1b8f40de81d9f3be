import { describe, expect, it } from 'vitest'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import type { SwitchChange } from '#simulator/switches.ts'
import { aRealChat, aRealWorld, type RealChat } from '../testing/real-chat.ts'
import { pause, surely } from './testing/eventually.ts'

/** One chat of an agent, and everything about it. */
interface Scene {
  readonly simulator: Simulator
  readonly contact: ContactHandle
  readonly chat: RealChat
  texts(): readonly string[]
  shows(text: string, within?: number): Promise<void>
  readings(): number
  end(): Promise<void>
}

async function aScene({
  history = 0,
  switches = {},
}: { history?: number; switches?: SwitchChange } = {}): Promise<Scene> {
  const simulator = await startSimulator({ switches })
  const contact = simulator.contact({ customerName: 'Ana' })
  contact.sayAll(Array.from({ length: history }, (_, index) => `line ${index}`))
  const chat = await aRealChat(aRealWorld(simulator.endpoint), contact.agent)
  chat.session.setActive(true)
  const texts = (): readonly string[] =>
    chat.session
      .entries()
      .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))
  return {
    simulator,
    contact,
    chat,
    texts,
    shows: (text, within = 8000) => chat.until(() => texts().includes(text), within),
    readings: () => simulator.requests({ operation: 'GetTranscript' }).length,
    end: async () => {
      simulator.faults.clear()
      await chat.session.close()
      await simulator.close()
    },
  }
}

const isLive = (chat: RealChat): boolean => chat.session.summary().link.phase === 'live'
const handshakes = ({ simulator }: Scene): number => simulator.requests({ operation: 'WebSocket' }).length

async function aLiveScene(): Promise<Scene> {
  const scene = await aScene()
  scene.chat.session.open()
  await scene.chat.until(() => isLive(scene.chat))
  return scene
}

describe.concurrent('[L7] a socket that answers heartbeats and carries nothing', () => {
  it('is found out by the echo that it does not give, and replaced by one that speaks', async () => {
    const scene = await aLiveScene()
    const before = handshakes(scene)
    scene.simulator.faults.add({ kind: 'silent-subscription' })
    scene.contact.say('unheard')

    await scene.chat.session.send({ text: 'hello', contentType: 'text/plain' })
    await scene.shows('unheard')
    await surely(() => handshakes(scene) > before && scene.contact.sockets === 1)

    const readings = scene.readings()
    await surely(() => scene.readings() > readings || scene.contact.sockets === 1)
    scene.contact.say('heard')
    await scene.shows('heard', 5000)
    expect(scene.texts()).toEqual(['unheard', 'hello', 'heard'])
    await scene.end()
  }, 40_000)

  it('is found out by an audit where nobody answers, and nothing is called complete before', async () => {
    const scene = await aLiveScene()
    const before = handshakes(scene)
    scene.simulator.faults.add({ kind: 'silent-subscription' })
    scene.contact.say('unheard')
    const said = Date.parse(scene.contact.truth().transcript.at(-1)?.AbsoluteTime ?? '')

    await scene.shows('unheard', 30_000)

    const claims = scene.chat.changes.flatMap(({ chat, upserted }) => {
      const isShown = upserted.some(({ kind }) => kind === 'message')
      return isShown || chat === null ? [] : [chat.completeUpTo ?? 0]
    })
    const shownAt = scene.chat.changes.findIndex(({ upserted }) =>
      upserted.some(({ kind }) => kind === 'message'),
    )
    expect(Math.max(...claims.slice(0, shownAt))).toBeLessThan(said)
    await surely(() => handshakes(scene) > before && scene.contact.sockets === 1)
    await scene.end()
  }, 60_000)
})

describe.concurrent('[L7] [L9] pages that lead nowhere', () => {
  it.each(['back', 'round', 'nowhere'] as const)(
    'leave nothing out and are not asked for without end: %s',
    async (leads) => {
      const scene = await aScene({ history: 350 })
      scene.simulator.faults.add({ kind: 'stuck-pager', leads })
      scene.chat.session.open()

      await surely(() => scene.readings() > 3)
      await pause(5000)
      expect(scene.readings()).toBeLessThan(25)
      expect(scene.chat.session.summary().completeUpTo).toBeNull()

      scene.simulator.faults.clear()
      await scene.chat.until((session) => session.summary().completeUpTo !== null, 30_000)
      expect(scene.texts()).toEqual(Array.from({ length: 350 }, (_, index) => `line ${index}`))
      await scene.end()
    },
    60_000,
  )
})

describe.concurrent('[L7] [L6] a first page on a socket that carries the chats of an agent', () => {
  it.each([
    { kind: 'omit-transcript' },
    { kind: 'omit-initial-contact-id' },
  ] as const satisfies readonly FaultSpec[])(
    'that is lacking shows nobody the words of another: $kind',
    async (fault) => {
      const scene = await aScene({ switches: { sharedAgentSocket: true } })
      const bob = scene.simulator.contact({ customerName: 'Bob' })
      scene.simulator.faults.add({ ...fault, contactId: scene.contact.contactId })
      scene.chat.session.open()
      await surely(() => scene.contact.sockets === 1 && scene.readings() > 0)

      for (let turn = 0; turn < 5; turn += 1) {
        bob.say(`of Bob ${turn}`)
        scene.contact.say(`of Ana ${turn}`)
        await pause(400)
      }
      scene.simulator.faults.clear()

      await scene.shows('of Ana 4', 15_000)
      await scene.chat.until(() => isLive(scene.chat))
      expect(scene.texts()).toEqual([0, 1, 2, 3, 4].map((turn) => `of Ana ${turn}`))
      await scene.end()
    },
    40_000,
  )
})

it('[L7] [A5] items without an id or a time cost nothing but themselves', async () => {
  const scene = await aScene({ history: 40 })
  scene.simulator.faults.add({ kind: 'incomplete-items' })
  scene.chat.session.open()
  await scene.chat.until(() => isLive(scene.chat))
  const before = scene.readings()

  await pause(5000)

  expect(scene.readings() - before).toBeLessThanOrEqual(3)
  expect(scene.texts().filter((text) => text.startsWith('line'))).toHaveLength(40)
  expect(new Set(scene.texts()).size).toBe(scene.texts().length)
  expect(scene.chat.session.summary().completeUpTo).not.toBeNull()
  await scene.end()
}, 30_000)
