import { describe, expect, it } from 'vitest'
import { slotText, zoneText } from './slots.ts'

const at = Date.UTC(2026, 2, 16, 8)

describe('the slots of a time picker', () => {
  it("stand in the zone of the message, or in the agent's own", () => {
    expect(slotText({ at, minutes: 120 }, -420)).toBe('Mon 16 Mar, 01:00, 120 min')
    expect(slotText({ at, minutes: null }, null)).toBe('Mon 16 Mar, 08:00')
  })

  it.each([
    [null, 'Times in your zone, Europe/Berlin'],
    [0, "Times in the message's zone, UTC"],
    [-420, "Times in the message's zone, UTC−07:00"],
    [330, "Times in the message's zone, UTC+05:30"],
  ])('say which zone that is (offset %s)', (zoneOffset, words) => {
    expect(zoneText(zoneOffset, 'Europe/Berlin')).toBe(words)
  })
})
