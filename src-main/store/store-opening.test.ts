import { expect, it } from 'vitest'
import type { StoreOpening } from './open-store.ts'
import { isLoss } from './store-opening.ts'

const found: StoreOpening = { state: 'opened', isNew: false, lost: null }
const begun: StoreOpening = { state: 'opened', isNew: true, lost: null }
const replaced: StoreOpening = {
  state: 'replaced',
  reason: 'damaged',
  setAside: 'parley.db.broken',
  rescued: 3,
  lost: null,
}
const cut: StoreOpening = {
  state: 'opened',
  isNew: false,
  lost: { conversations: 0, drafts: 1, messages: 0, files: 0 },
}
const newer: StoreOpening = { state: 'newer' }
const memory: StoreOpening = { state: 'memory', failure: null }

it.each([
  { before: found, reopening: found, loses: false },
  { before: begun, reopening: found, loses: false },
  { before: found, reopening: begun, loses: true },
  { before: found, reopening: replaced, loses: true },
  { before: found, reopening: memory, loses: true },
  { before: found, reopening: cut, loses: true },
  { before: newer, reopening: newer, loses: true },
  { before: memory, reopening: found, loses: true },
  { before: memory, reopening: memory, loses: true },
])('$before.state and then $reopening.state: something is lost: $loses', ({ before, reopening, loses }) => {
  expect(isLoss(before, reopening)).toBe(loses)
})
