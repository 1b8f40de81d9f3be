import { seededRandom } from '../src-main/testing/simulation/seeded-random.ts'

export interface Ratio {
  readonly median: number
  /** Of the median, by resampling the rounds. */
  readonly low: number
  readonly high: number
}

const resamples = 2000

/** Both were measured in the same rounds; only what they have in common with the round cancels out. */
export function ratioOf(subject: readonly number[], reference: readonly number[]): Ratio {
  const ratios = subject.map((value, round) => value / (reference[round] ?? Number.NaN))
  const random = seededRandom(1)
  const medians = Array.from({ length: resamples }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? Number.NaN)),
  ).sort((a, b) => a - b)
  const at = (share: number): number => medians[Math.floor(share * (resamples - 1))] ?? Number.NaN
  return { median: median(ratios), low: at(0.025), high: at(0.975) }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** How far the rounds of one measurement lie apart, as a share of their median. */
export function spreadOf(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values)
}
