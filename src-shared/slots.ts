const zonedWords = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const
const minute = 60_000

export interface Slot {
  readonly at: number
  readonly minutes: number | null
}

/** The time of a slot where the customer reads it: the offset the message names, or this computer's zone. */
export function slotText({ at, minutes }: Slot, zoneOffset: number | null): string {
  const words =
    zoneOffset === null
      ? new Intl.DateTimeFormat('en-GB', zonedWords).format(at)
      : new Intl.DateTimeFormat('en-GB', { ...zonedWords, timeZone: 'UTC' }).format(at + zoneOffset * minute)
  return minutes === null ? words : `${words}, ${minutes} min`
}

/** Which zone that is, in words. */
export function zoneText(zoneOffset: number | null, ownZone: string): string {
  if (zoneOffset === null) return `Times in your zone, ${ownZone}`
  if (zoneOffset === 0) return "Times in the message's zone, UTC"
  const ahead = Math.abs(zoneOffset)
  const clock = [Math.floor(ahead / 60), ahead % 60].map((part) => String(part).padStart(2, '0')).join(':')
  return `Times in the message's zone, UTC${zoneOffset < 0 ? '−' : '+'}${clock}`
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/u
const shiftedTime = /\.\d\d\+00:00$/u

/**
 * Whether an answer names this slot. Amazon's page sends the time as it stands in the message; with an offset it sends
 * the wall clock of that zone as if it were UTC, in a form of its own.
 */
export function isSlotSaid(text: string, at: number, zoneOffset: number | null): boolean {
  if (!isoTime.test(text)) return false
  const isShifted = zoneOffset !== null && zoneOffset !== 0 && shiftedTime.test(text)
  return Date.parse(text) === (isShifted ? at + zoneOffset * minute : at)
}
