export type Stop = () => void

/** Time as an argument. `now` is epoch milliseconds and may jump; waits are counted on a clock that does not. */
export interface Clock {
  now(): number
  after(milliseconds: number, run: () => void): Stop
}

/** Evenly distributed in [0, 1). */
export type Random = () => number
