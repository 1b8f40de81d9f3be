import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useStickToEnd, type StickToEnd } from './use-stick-to-end.ts'

/** As much of a scrolling element as the rule looks at. */
class Log {
  clientHeight = 400
  scrollHeight = 1_000
  readonly firstElementChild = null
  #top = 600

  get scrollTop(): number {
    return this.#top
  }

  set scrollTop(top: number) {
    this.#top = Math.min(top, this.scrollHeight - this.clientHeight)
  }
}

/** What the page would tell of sizes, told when the test says so. */
class Sizes {
  static changed: () => void = () => undefined
  constructor(told: () => void) {
    Sizes.changed = told
  }
  readonly observe = vi.fn()
  readonly disconnect = vi.fn()
}

describe('useStickToEnd', () => {
  let log: Log
  let stick: StickToEnd
  let scope: EffectScope

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
    vi.stubGlobal('ResizeObserver', Sizes)
    scope = effectScope()
    log = new Log()
    stick = scope.run(() => useStickToEnd(() => log as unknown as HTMLElement)) as StickToEnd
    stick.begin()
    stick.follow()
    vi.advanceTimersByTime(1_000)
  })

  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  function scrollTo(top: number): void {
    log.scrollTop = top
    stick.follow()
  }

  function grow(by: number): void {
    log.scrollHeight += by
    Sizes.changed()
  }

  it('goes along while the reader is at the end', () => {
    grow(300)

    expect(log.scrollTop).toBe(900)
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

    expect(log.scrollTop).toBe(900)
  })

  it.each([0, 149, 151, 30_000])(
    '[H9] is not moved off the end by the list measuring its rows %i ms after they came',
    (late) => {
      grow(300)
      vi.advanceTimersByTime(late)
      log.scrollHeight = 1_500

      scrollTo(850)

      expect(stick.isAtEnd.value).toBe(true)
      expect(log.scrollTop).toBe(1_100)
    },
  )

  it('[H9] stays at the end when the log itself gets smaller, as by a composer that grows', () => {
    log.clientHeight = 250
    Sizes.changed()

    expect(log.scrollTop).toBe(750)
    expect(stick.isAtEnd.value).toBe(true)
  })

  it('[H9] goes back to the end when the list moves and more has come meanwhile', () => {
    for (const height of [1_400, 2_600, 2_100, 9_000]) {
      log.scrollHeight = height
      scrollTo(500)
      vi.advanceTimersByTime(500)
    }

    expect(stick.isAtEnd.value).toBe(true)
    expect(log.scrollTop).toBe(8_600)
  })

  it.each([
    ['the wheel', new WheelEvent('wheel', { deltaY: -50 })],
    ['a key', new KeyboardEvent('keydown', { key: 'PageUp' })],
    ['a finger', new Event('touchmove')],
  ])('follows %s of the reader even while messages pour in', (_, event) => {
    grow(300)
    stick.takeHand(event)
    log.scrollHeight += 80

    scrollTo(700)

    expect(stick.isAtEnd.value).toBe(false)
  })

  it('takes only what moves up for the hand of somebody who wants to leave', () => {
    stick.takeHand(new WheelEvent('wheel', { deltaY: 50 }))
    stick.takeHand(new KeyboardEvent('keydown', { key: 'End' }))
    log.scrollHeight += 80

    scrollTo(500)

    expect(stick.isAtEnd.value).toBe(true)
  })
})
