import { describe, expect, it } from 'vitest'
import { seatOffers } from './offer-seats.ts'

describe('seatOffers', () => {
  it.each<[string, (string | null)[], string[], (string | null)[]]>([
    ['keeps two places when nobody is offered', [], [], [null, null]],
    ['leaves the second where it is when the first goes', ['a', 'b'], ['b'], [null, 'b']],
    ['gives the free place to the next one', [null, 'b'], ['b', 'c'], ['c', 'b']],
    ['puts a third behind the two', ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c']],
    ['takes back the third place', ['a', 'b', 'c'], ['a', 'b'], ['a', 'b']],
  ])('[G2] %s', (...[, before, open, seats]) => {
    expect(seatOffers(before, open)).toEqual(seats)
  })
})
