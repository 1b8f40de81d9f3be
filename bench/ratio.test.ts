import { describe, expect, it } from 'vitest'
import { median, ratioOf, spreadOf } from './ratio.ts'

describe('a ratio over rounds', () => {
  it('cancels out what slowed both down in a round', () => {
    expect(ratioOf([2, 20, 200], [1, 10, 100])).toEqual({ median: 2, low: 2, high: 2 })
  })

  it('has an interval that holds the median and lies within the rounds', () => {
    const { median: middle, low, high } = ratioOf([3, 1, 2, 5, 4], [1, 1, 1, 1, 1])

    expect(middle).toBe(3)
    expect(low).toBeGreaterThanOrEqual(1)
    expect(low).toBeLessThan(3)
    expect(high).toBeGreaterThan(3)
    expect(high).toBeLessThanOrEqual(5)
  })

  it('takes the mean of the two in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  it('says how far rounds lie apart', () => {
    expect(spreadOf([9, 10, 12])).toBeCloseTo(0.3)
  })
})
