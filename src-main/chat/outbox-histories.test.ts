import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ServiceError } from '../participant/service-error.ts'
import type { Fate } from '../testing/outbox-world.ts'
import { anOpenOutbox } from '../testing/outbox-world.ts'

const busy = new ServiceError('throttled', 'wait', { status: 429 })

const fates = fc.constantFrom<Fate>('accept', 'lose-answer', 'cut', busy)
const doings = fc.oneof(
  { weight: 4, arbitrary: fc.constant('type' as const) },
  { weight: 2, arbitrary: fc.constant('wait' as const) },
  fc.constantFrom('down' as const, 'up' as const, 'read' as const),
)

it('whatever happens, each message arrives once and in order, though no client token is remembered', async () => {
  const property = fc.asyncProperty(
    fc.array(doings, { maxLength: 40 }),
    fc.array(fates),
    async (history, fate) => {
      const world = await anOpenOutbox(...fate)
      world.forgetsTokens = true
      const typed: string[] = []
      for (const one of history) {
        if (one === 'type') {
          typed.push(`message ${typed.length}`)
          await world.add(`message ${typed.length - 1}`)
        }
        if (one === 'wait') await world.clock.advance(45_000)
        if (one === 'down') world.outbox.shut()
        if (one === 'up') world.outbox.open()
        if (one === 'read') world.prove()
      }
      for (let round = 0; round <= fate.length; round += 1) {
        world.outbox.open()
        world.prove()
        await world.clock.advance(30_000)
      }
      expect(world.arrived).toEqual(typed)
      expect(world.outbox.waiting).toBe(0)
    },
  )

  await fc.assert(property, { numRuns: 500 })
})
