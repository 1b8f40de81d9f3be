import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '#simulator/simulator.ts'
import { SwitchBoard } from '#simulator/switches.ts'
import type { SwitchCase } from '#simulator/testing/switch-positions.ts'
import { switchCases } from '#simulator/testing/switch-positions.ts'
import { eventually } from './testing/eventually.ts'
import { inLanes } from './testing/lanes.ts'
import { endFor } from './testing/session-ends.ts'
import { isSpotless, spotless } from './testing/verdict.ts'
import { whole, WholeSession } from './testing/whole-session.ts'

const sessionsTake = 60_000

/** A complete session with the switch in this position, and what became of it. */
async function playThrough({ name, switches }: SwitchCase) {
  // What the end of a chat brings is all read, unless it is the switch that forbids it.
  const simulator = await startSimulator({ switches: { graceAfterEndMs: 60_000, ...switches } })
  const folder = await mkdtemp(path.join(tmpdir(), 'switch-'))
  const played = await WholeSession.begin(simulator, folder)
  const end = endFor(name)
  const isShutOut = end.isShutOut === true || simulator.switches.graceAfterEndMs === 0
  try {
    await played.play()
    const before = played.verdict({ isShutOut: false })
    await end.bring(played, simulator)
    await eventually(() => played.phase === 'ended' && isSpotless(played.verdict({ isShutOut })), 8000)
    const { link, outbox } = played.chat.session.summary()
    const { received, guide, refusal, supervisorEvents } = played
    const after = played.verdict({ isShutOut })
    return { before, after, link, outbox, received, guide, refusal, supervisorEvents, ...played.done() }
  } finally {
    await played.chat.session.close()
    await simulator.close()
    await rm(folder, { recursive: true })
  }
}

let sessions: ReadonlyMap<SwitchCase, ReturnType<typeof playThrough>>

beforeAll(() => {
  sessions = inLanes(switchCases, playThrough)
})

describe('a complete session', () => {
  it.each(switchCases)(
    'is whole, in order and done once with $name at $shown',
    async (one) => {
      const rejected = one.switches.rejectedAttachmentStatus === 403 ? 'denied' : 'refused'

      expect(await sessions.get(one)).toMatchObject({
        ...whole,
        before: spotless,
        after: spotless,
        link: { phase: 'ended', reason: endFor(one.name).reason },
        outbox: { waiting: 0, failed: 0 },
        refusal: rejected,
        supervisorEvents: one.switches.monitorIsAnnounced === true ? 3 : 2,
        typing: 1,
        wasRead: true,
      })
    },
    sessionsTake,
  )

  it('was played with every switch in at least two positions', () => {
    for (const name of Object.keys(new SwitchBoard().now)) {
      const positions = switchCases.filter((one) => one.name === name).map(({ shown }) => shown)
      expect(new Set(positions).size, name).toBeGreaterThan(1)
    }
  })
})
