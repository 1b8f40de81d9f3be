/** Times as people at one place read them. */
export interface LocalTime {
  /** "Sunday 22 November 2026 (UTC+01:00)"; changes with the day and with daylight saving. */
  day(time: number): string
  /** "14:32:05" */
  clock(time: number): string
  /** "2026-11-22 14:32:05 +01:00" */
  moment(time: number): string
}

const quarterHour = 15 * 60_000

/** `timeZone` is an IANA name. */
export function localTime(timeZone: string): LocalTime {
  const shared = { timeZone, calendar: 'gregory', numberingSystem: 'latn' } as const
  const days = new Intl.DateTimeFormat('en-GB', {
    ...shared,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const dates = new Intl.DateTimeFormat('en-GB', {
    ...shared,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const clocks = new Intl.DateTimeFormat('en-GB', { ...shared, timeStyle: 'medium', hourCycle: 'h23' })
  const offsets = new Intl.DateTimeFormat('en-GB', { ...shared, timeZoneName: 'longOffset' })
  const offset = (time: number): string => {
    const name = offsets.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    return name === 'GMT' ? '+00:00' : name.slice('GMT'.length)
  }
  let [bucket, dayOfBucket] = [Number.NaN, '']
  return {
    day(time) {
      // Days and offsets begin at a quarter of an hour everywhere, and entries come close together.
      if (bucket !== Math.floor(time / quarterHour)) {
        bucket = Math.floor(time / quarterHour)
        const { weekday, day, month, year } = partsOf(days, time)
        dayOfBucket = `${weekday} ${day} ${month} ${year} (UTC${offset(time)})`
      }
      return dayOfBucket
    },
    clock: (time) => clocks.format(time),
    moment(time) {
      const { year, month, day } = partsOf(dates, time)
      return `${year}-${month}-${day} ${clocks.format(time)} ${offset(time)}`
    },
  }
}

/** Without the punctuation between them, which changes from one runtime to the next. */
function partsOf(format: Intl.DateTimeFormat, time: number): Readonly<Record<string, string>> {
  return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]))
}
