import { describe, expect, it } from 'vitest'
import { operations } from '#simulator/service/operations.ts'
import { ThrottleGate } from '#simulator/service/throttle.ts'
import type { Clock } from '../chat/clock.ts'
import type { Operation } from '../participant/rate-scheduler.ts'
import { RateScheduler } from '../participant/rate-scheduler.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { seededRandom } from '../testing/simulation/seeded-random.ts'

const paced = {
  connection: 'CreateParticipantConnection',
  disconnect: 'DisconnectParticipant',
  transcript: 'GetTranscript',
  message: 'SendMessage',
  event: 'SendEvent',
  'upload-start': 'StartAttachmentUpload',
  'upload-complete': 'CompleteAttachmentUpload',
  attachment: 'GetAttachment',
} as const satisfies Partial<Record<Operation, keyof typeof operations>>

const calls = 400
/** How unevenly calls travel: the difference between the fastest and the slowest, in milliseconds. */
const unevenness = 200

/** The timers of a real computer: a little early by its own clock, or late when it is busy. */
function uneven(clock: ManualClock, random: () => number): Clock {
  return {
    now: () => Math.floor(clock.now()),
    uptime: () => Math.floor(clock.uptime()),
    after: (delay, run) => clock.after(Math.max(0, delay - 1 + (random() < 0.2 ? 30 * random() : 0)), run),
  }
}

/** As many calls at once as there will ever be, on their uneven way to a service that keeps its published rates. */
async function rush(operation: keyof typeof paced, seed: number) {
  const random = seededRandom(seed)
  const clock = new ManualClock()
  const gate = new ThrottleGate(() => clock.now())
  const scheduler = new RateScheduler(uneven(clock, random))
  let refused = 0
  let arrived = 0
  for (let call = 0; call < calls; call += 1) {
    void scheduler.take(operation, 'send').then(() => {
      clock.after(unevenness * random(), () => {
        arrived += 1
        if (!gate.admits(paced[operation], '')) refused += 1
      })
    })
  }
  const [rate] = operations[paced[operation]].rate
  let seconds = 0
  for (; arrived < calls && seconds < 1000; seconds += 1) await clock.advance(1000)
  return { refused, share: calls / seconds / rate }
}

describe('the pace of calls', () => {
  it.each(Object.keys(paced) as (keyof typeof paced)[])(
    'never exceeds what the service takes, and uses nearly all of it: %s',
    async (operation) => {
      for (const seed of [1, 2, 3]) {
        const { refused, share } = await rush(operation, seed)

        expect(refused).toBe(0)
        expect(share).toBeGreaterThan(0.93)
      }
    },
  )
})
