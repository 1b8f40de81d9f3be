import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useStickToEnd, type StickToEnd } from './use-stick-to-end.ts'

/** As much of a scrolling element as the rule looks at. */
class Log {
  clientHeight = 400
  scrollHeight = 1_000
  scrollTop = 600
}

describe('useStickToEnd', () => {
  let log: Log
  let stick: StickToEnd
  let scope: EffectScope

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'requestAnimationFrame', 'cancelAnimationFrame'] })
    scope = effectScope()
    log = new Log()
    stick = scope.run(() => useStickToEnd(() => log as unknown as HTMLElement)) as StickToEnd
    stick.follow()
    vi.advanceTimersByTime(1_000)
  })

  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  function scrollTo(top: number): void {
    log.scrollTop = top
    stick.follow()
  }

  function grow(by: number): void {
    log.scrollHeight += by
    stick.keep()
    vi.advanceTimersToNextFrame()
  }

  it('goes along while the reader is at the end', () => {
    grow(300)

    expect(log.scrollTop).toBe(log.scrollHeight)
  })

  it('stays where the reader went', () => {
    scrollTo(200)

    grow(300)

    expect(log.scrollTop).toBe(200)
    expect(stick.isAtEnd.value).toBe(false)
  })

  it('comes along again once the reader is back', () => {
    scrollTo(200)
    scrollTo(600)

    grow(300)

    expect(log.scrollTop).toBe(1_300)
  })

  it('is not moved off the end by the list measuring its rows', () => {
    grow(300)
    log.scrollTop = 900
    log.scrollHeight = 1_500

    scrollTo(850)

    expect(stick.isAtEnd.value).toBe(true)
  })

  it('follows the hand of the reader even while messages pour in', () => {
    grow(300)
    stick.takeHand()

    scrollTo(700)

    expect(stick.isAtEnd.value).toBe(false)
  })

  it('moves the log once per frame, however often it grows', () => {
    const moves = vi.fn()
    Object.defineProperty(log, 'scrollTop', { set: moves, get: () => 600 })

    stick.keep()
    stick.keep()
    vi.advanceTimersToNextFrame()

    expect(moves).toHaveBeenCalledTimes(1)
  })
})
