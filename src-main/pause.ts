import type { Clock } from './chat/clock.ts'

/** Resolves after this time, or at once when what it is for is given up. */
export function pause(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const stop = clock.after(delay, done)
    signal?.addEventListener('abort', done)
  })
}
