import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBackoff, defaultBackoff } from './backoff.ts'

it('doubles up to its cap', () => {
  const backoff = createBackoff(() => 1, { base: 200, cap: 4000 })

  expect([1, 2, 3, 4, 5, 6, 7, 50].map(backoff)).toEqual([200, 400, 800, 1600, 3200, 4000, 4000, 4000])
})

it('leaves at least half of each delay standing, and never more than all of it', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 10_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (attempt, chance) => {
      const delay = createBackoff(() => chance)(attempt)
      const full = Math.min(defaultBackoff.cap, defaultBackoff.base * 2 ** Math.min(attempt - 1, 40))

      expect(delay).toBeGreaterThanOrEqual(Math.floor(full / 2))
      expect(delay).toBeLessThanOrEqual(full)
    },
  )

  fc.assert(property)
})

it('tries again within two seconds of the end of a fault of two seconds', () => {
  const backoff = createBackoff(() => 1)
  let now = 0
  let attempt = 0
  while (now <= 2000) now += backoff((attempt += 1))

  expect(now - 2000).toBeLessThanOrEqual(2000)
})
