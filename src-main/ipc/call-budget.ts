import type { RequestName } from '#shared/contract.ts'

interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

/** Far above what a person causes, far below what holds up a socket. */
const altogether: Allowance = { burst: 600, perSecond: 200 }

/** What reaches out of the app, opens a dialog of the system or cannot be taken back. */
const rare: Allowance = { burst: 10, perSecond: 1 }
const apart: Readonly<Partial<Record<RequestName, Allowance>>> = {
  'link.open': { burst: 5, perSecond: 0.2 },
  'contact.join': rare,
  'practice.start': rare,
  'desk.sign-out': rare,
  'instances.reach': rare,
  'instances.pick-authority': rare,
  'transcript.export': rare,
  'transcript.show': rare,
  'attachment.save': rare,
  'attachment.save-all': rare,
  'attachment.show': rare,
}

/** What one page may ask of main. A page that was taken over does not get more by asking more. */
export class CallBudget {
  readonly #altogether: Bucket
  readonly #apart: ReadonlyMap<string, Bucket>

  /**
   * `now` in milliseconds, only ever forward. Asked for every call, so it has to be cheap: the time since the computer
   * started is not.
   */
  constructor(now: () => number) {
    this.#altogether = new Bucket(now, altogether)
    this.#apart = new Map(Object.entries(apart).map(([name, size]) => [name, new Bucket(now, size)]))
  }

  take(name: unknown): boolean {
    if (!this.#altogether.take()) return false
    return typeof name !== 'string' || (this.#apart.get(name)?.take() ?? true)
  }
}

class Bucket {
  readonly #now: () => number
  readonly #size: Allowance
  #left: number
  #filledAt: number

  constructor(now: () => number, size: Allowance) {
    this.#now = now
    this.#size = size
    this.#left = size.burst
    this.#filledAt = now()
  }

  take(): boolean {
    const now = this.#now()
    const gained = ((now - this.#filledAt) / 1000) * this.#size.perSecond
    this.#left = Math.min(this.#size.burst, this.#left + gained)
    this.#filledAt = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
