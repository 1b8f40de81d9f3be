import { expect, it } from 'vitest'
import { ana, anOutboxMessage, aStoredChat } from './testing/builders.ts'
import { durabilityOf } from './durability.ts'
import type { StoreCall } from './store-calls.ts'

const failed = { state: 'failed', code: 'refused', reason: 'No.' } as const

it.each<[string, StoreCall, string]>([
  ['a chat seen for the first time', { method: 'saveChat', args: [aStoredChat({ chatId: ana })] }, 'synced'],
  ['the end of a chat', { method: 'saveChat', args: [aStoredChat({ endedAt: 5 })] }, 'synced'],
  ['the removal of a chat', { method: 'removeChat', args: [ana] }, 'synced'],
  ['a draft', { method: 'saveDraft', args: [ana, 'Let me'] }, 'synced'],
  ['a message on its way', { method: 'enqueue', args: [anOutboxMessage()] }, 'synced'],
  ['a message that failed', { method: 'saveOutboxState', args: ['entry-1', failed] }, 'synced'],
  ['a message being sent', { method: 'saveOutboxState', args: ['entry-1', { state: 'sending' }] }, 'written'],
  [
    'what the service has as well',
    { method: 'saveEntries', args: [ana, { upserted: [], removed: [] }] },
    'written',
  ],
])('[L1] %s: shown as kept, it survives a power cut', (_what, call, durability) => {
  expect(durabilityOf(call, () => false)).toBe(durability)
})

it('[L1] does not sync every change of a chat that is known', () => {
  expect(durabilityOf({ method: 'saveChat', args: [aStoredChat({ chatId: ana })] }, () => true)).toBe(
    'written',
  )
})
