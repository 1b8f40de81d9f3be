import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { watchScreen } from './presence-watch.ts'

class FakeScreen extends EventEmitter {
  state = 'active'

  getSystemIdleState(): string {
    return this.state
  }
}

describe('[E1] a display that goes dark without being locked', () => {
  function watched() {
    const screen = new FakeScreen()
    const clock = new ManualClock()
    const told: boolean[] = []
    const { proved } = watchScreen(screen, clock, (isAway) => told.push(isAway))
    return { screen, clock, told, proved }
  }

  it('is found by asking, within five seconds, and so is its light', async () => {
    const { screen, clock, told } = watched()
    await clock.advance(20_000)
    expect(told).toEqual([])

    screen.state = 'locked'
    await clock.advance(5_000)
    expect(told).toEqual([true])
    screen.state = 'active'
    await clock.advance(5_000)
    expect(told).toEqual([true, false])
  })

  it('is not believed to be dark while somebody types', async () => {
    const { screen, clock, told, proved } = watched()
    screen.state = 'locked'
    proved()
    await clock.advance(30_000)
    expect(told).toEqual([])

    await clock.advance(5_000)
    expect(told).toEqual([true])
  })

  it('stays away while it is locked as well, whatever comes first', async () => {
    const { screen, clock, told } = watched()
    screen.state = 'locked'
    await clock.advance(5_000)
    screen.emit('suspend')
    screen.state = 'active'
    await clock.advance(5_000)
    expect(told).toEqual([true])

    screen.emit('resume')
    expect(told).toEqual([true, false])
  })
})
