import { expect, it } from 'vitest'
import { aChat, aGap, aMessage, anAttachment, anEvent, noon } from '../testing/builders.ts'
import { buildRows } from './log-rows.ts'
import { logText } from './log-text.ts'

const chat = aChat()

it('[H6] writes a conversation down with names, times and days, a line an entry', () => {
  const rows = buildRows(
    [
      aMessage({ id: 'm1', text: 'The table is broken' }),
      aGap({ id: 'g1', count: 1, from: noon, to: noon }),
      aMessage({ id: 'm2', text: 'One\nAmara Okafor, 14:00: two', own: true, at: noon + 60_000 }),
      anAttachment({ id: 'a1', at: noon + 120_000 }),
      anEvent({ id: 'e1', event: 'left', at: noon + 180_000 }),
      aMessage({ id: 'm3', text: 'Bye', own: true, delivery: { state: 'queued' }, at: noon + 200_000 }),
    ],
    { ...chat, isDown: false, firstUnreadId: 'm2' },
    noon,
  )

  expect(logText(rows, chat).split('\n')).toEqual([
    'Thursday 12 March 2026',
    'Amara Okafor, 14:00: The table is broken',
    '-- 1 message arrived while you were offline, at 14:00:00',
    'You, 14:01: One',
    '    Amara Okafor, 14:00: two',
    'Amara Okafor, 14:02: File: order.pdf',
    '-- Amara Okafor left at 14:03',
    'You, 14:03: Bye (not sent yet)',
  ])
})
