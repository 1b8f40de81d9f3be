import { expect, it } from 'vitest'
import type { Delivery } from '#shared/entry.ts'
import { aMessage } from '../store/testing/builders.ts'
import { hasLooseEnds } from './entry-facts.ts'

const cursorAt = 5000

it.each<[string, number, Delivery | null, boolean]>([
  ['an own message before the place that was read', 4000, { state: 'sent', at: 4000 }, true],
  ['an own message at the very place that was read', cursorAt, { state: 'delivered', at: 4500 }, true],
  ['an own message that will be read anyway', 6000, { state: 'sent', at: 6000 }, false],
  ['an own message that was read', 4000, { state: 'read', at: 4500 }, false],
  ["a customer's message", 4000, null, false],
])('%s', (_name, at, delivery, isLoose) => {
  expect(hasLooseEnds([aMessage({ at, delivery })], cursorAt)).toBe(isLoose)
})
