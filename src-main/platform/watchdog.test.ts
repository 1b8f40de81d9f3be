import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { guardRenderer, pauseAfter } from './watchdog.ts'

class Page extends EventEmitter {
  reloads = 0

  reload(): void {
    this.reloads += 1
  }

  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'crashed' })
  }
}

class Window extends EventEmitter {
  readonly webContents = new Page()
  isGone = false

  isDestroyed(): boolean {
    return this.isGone
  }
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

function guarded() {
  const clock = new ManualClock()
  const window = new Window()
  const told: number[] = []
  guardRenderer(window as unknown as Parameters<typeof guardRenderer>[0], {
    clock,
    log,
    stopped: (times) => told.push(times),
  })
  return { clock, window, page: window.webContents, told }
}

describe('a page that stops', () => {
  it('[L13] comes back every time, after pauses that grow, and each time is told', async () => {
    const { clock, page, told } = guarded()

    for (let times = 1; times <= 12; times += 1) {
      page.emit('render-process-gone', {}, { reason: 'killed' })
      await clock.advance(pauseAfter(times))
      expect(page.reloads).toBe(times)
    }

    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  it('[L13] waits from the third time on, and never longer than half a minute', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map(pauseAfter)

    expect(pauses).toEqual([0, 0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  it('[L13] comes back when it could not be loaded, or hangs, and not when its window is closed', async () => {
    const { clock, window, page } = guarded()

    page.emit('did-fail-load', {}, -2, 'failed', 'app://parley/', true)
    await clock.advance(0)
    page.emit('did-fail-load', {}, -3, 'aborted', 'app://parley/', true)
    page.emit('did-fail-load', {}, -2, 'failed', 'app://parley/', false)
    window.emit('unresponsive')
    await clock.advance(0)
    expect(page.reloads).toBe(2)

    page.emit('render-process-gone', {}, { reason: 'killed' })
    window.isGone = true
    window.emit('closed')
    await clock.advance(60_000)
    expect(page.reloads).toBe(2)
  })
})
