export type Stop = () => void

/** Time as an argument, in milliseconds. Waits are counted on a clock that does not jump, but stands still in sleep. */
export interface Clock {
  /** Since 1970. May jump: people set clocks. */
  now(): number
  /** Since the computer started, with the time it slept. Nobody can set it. */
  uptime(): number
  after(milliseconds: number, run: () => void): Stop
}

/** Evenly distributed in [0, 1). */
export type Random = () => number
