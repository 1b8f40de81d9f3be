import type { Clock } from '../chat/clock.ts'
import type { Log, LogFields } from '../platform/log.ts'

const interval = 10_000

/**
 * For lines that a page can cause: the first of a kind at once, the rest of ten seconds as one line that counts them.
 * Otherwise whoever asks often enough turns the log over until nothing else is in it.
 */
export class CountedLog {
  readonly #log: Log
  readonly #clock: Clock
  readonly #counts = new Map<string, Count>()

  constructor(log: Log, clock: Clock) {
    this.#log = log
    this.#clock = clock
  }

  warn(event: string, fields: LogFields): void {
    this.#note({ level: 'warn', event, fields, times: 0 })
  }

  error(event: string, fields: LogFields): void {
    this.#note({ level: 'error', event, fields, times: 0 })
  }

  #note(line: Count): void {
    const kind = JSON.stringify([line.level, line.event, line.fields])
    const known = this.#counts.get(kind)
    if (known !== undefined) {
      known.times += 1
      return
    }
    this.#counts.set(kind, line)
    this.#log[line.level](line.event, line.fields)
    this.#clock.after(interval, () => {
      this.#counts.delete(kind)
      if (line.times > 0) this.#log[line.level](line.event, { ...line.fields, times: line.times })
    })
  }
}

interface Count {
  readonly level: 'warn' | 'error'
  readonly event: string
  readonly fields: LogFields
  /** After the first. */
  times: number
}
