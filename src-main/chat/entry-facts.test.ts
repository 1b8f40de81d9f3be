import { expect, it } from 'vitest'
import type { Delivery } from '#shared/entry.ts'
import { aMessage } from '../store/testing/builders.ts'
import { hasLooseEnds } from './entry-facts.ts'

const cursorAt = 5000
const sent: Delivery = { state: 'sent', at: 4000 }

it.each<[string, { at: number; delivery: Delivery | null; isLoose: boolean }]>([
  ['an own message before the place that was read', { at: 4000, delivery: sent, isLoose: true }],
  ['an own message at that very place', { at: cursorAt, delivery: sent, isLoose: true }],
  ['an own message that will be read anyway', { at: 6000, delivery: sent, isLoose: false }],
  ['an own message that was read', { at: 4000, delivery: { state: 'read', at: 4500 }, isLoose: false }],
  ["a customer's message", { at: 4000, delivery: null, isLoose: false }],
])('%s', (_name, { at, delivery, isLoose }) => {
  expect(hasLooseEnds([aMessage({ at, delivery })], cursorAt)).toBe(isLoose)
})
