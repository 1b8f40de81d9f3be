const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exactTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', hourCycle: 'h23' })
const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const otherYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' })

/** 14:03 */
export function timeOfDay(at: number): string {
  return clockTime.format(at)
}

/** 14:03:22, where proof matters. */
export function exactTimeOfDay(at: number): string {
  return exactTime.format(at)
}

/** "13:01:54 to 13:02:10", "at 13:01:54" where both are the same. */
export function exactSpan(from: number, to: number): string {
  const [first, last] = [exactTimeOfDay(from), exactTimeOfDay(to)]
  return first === last ? `at ${first}` : `${first} to ${last}`
}

/** 0:24, 12:04, 1:02:09 */
export function stopwatch(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1_000))
  const hours = Math.floor(total / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  const seconds = String(total % 60).padStart(2, '0')
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
}

/** A stopwatch reading as it is spoken: "24 seconds", "4 minutes 12", "1 hour 2 minutes". */
export function spokenDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1_000))
  const hours = Math.floor(total / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  const seconds = total % 60
  if (hours > 0) return `${counted(hours, 'hour')} ${counted(minutes, 'minute')}`
  if (minutes === 0) return counted(seconds, 'second')
  return seconds === 0 ? counted(minutes, 'minute') : `${counted(minutes, 'minute')} ${seconds}`
}

/** now, 2m, 3h, 4d: how long ago, where the exact time does not matter. */
export function shortAge(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes === 0) return 'now'
  if (minutes < 60) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours}h` : `${Math.floor(hours / 24)}d`
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

/** "Today, Thursday 12 March", "Wednesday 11 March", with the year when it is another one. */
export function dayLabel(at: number, now: number): string {
  const name = dayName.format(at).replace(',', '')
  if (isSameDay(at, now)) return `Today, ${name}`
  if (isSameDay(at, now - 86_400_000)) return `Yesterday, ${name}`
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? name : fullDay(at)
}

/** Thursday 12 March 2026: where it is read on another day. */
export function fullDay(at: number): string {
  return otherYear.format(at).replace(',', '')
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
