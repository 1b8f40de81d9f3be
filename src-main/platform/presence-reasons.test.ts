import { describe, expect, it } from 'vitest'
import { Presence } from './presence-reasons.ts'

describe('presence', () => {
  it('[E1] is away until the last reason has ended: a computer that wakes up is still locked', () => {
    const told: boolean[] = []
    const presence = new Presence((isAway) => told.push(isAway))

    presence.leave('locked')
    presence.leave('asleep')
    presence.end('asleep')
    expect(told).toEqual([true])

    presence.end('locked')
    presence.end('locked')
    expect(told).toEqual([true, false])
  })

  it('[E1] is back with whoever unlocks the screen or types, whatever was not told to be over', () => {
    const told: boolean[] = []
    const presence = new Presence((isAway) => told.push(isAway))

    presence.leave('dark')
    presence.leave('other-user')
    presence.comeBack()
    presence.comeBack()

    expect(told).toEqual([true, false])
  })
})
