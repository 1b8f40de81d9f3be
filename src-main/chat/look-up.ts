import type { OutboxPorts } from './outbox-ports.ts'
import type { Moment, Parcel } from './parcel.ts'
import { overlap } from './trail.ts'

/**
 * A try that seemed lost may still be under way and arrive after a reading that missed it. The client token covers that,
 * so the next try has to follow while the service surely remembers it. It is trusted to for a minute, of which a call
 * takes its part.
 */
const goodFor = 40_000

/** What readings of the transcript say of messages whose fate is not known. */
export class LookUp {
  readonly #ports: Pick<OutboxPorts, 'clock' | 'latestServiceTime'>
  #askedAt: Moment | null = null

  constructor(ports: Pick<OutboxPorts, 'clock' | 'latestServiceTime'>) {
    this.#ports = ports
  }

  /** Looked up too long ago, or not at all since its last try. */
  isNeeded(parcel: Parcel): boolean {
    return parcel.isInDoubt || (parcel.verdict === null && this.isStale(parcel))
  }

  /** Too long ago to leave again. */
  isStale({ missingAt }: Parcel): boolean {
    return missingAt !== null && this.#ports.clock.uptime() - missingAt.uptime > goodFor
  }

  /** The service's time before which its next try, and any other that may still be under way, cannot appear. */
  earliest({ missingAt }: Parcel): number {
    return missingAt === null ? this.#ports.latestServiceTime() : missingAt.service - overlap
  }

  /** A reading begins; it will prove what became of everything tried before. */
  began(parcels: readonly Parcel[]): void {
    for (const parcel of parcels) parcel.isBeingProven = this.isNeeded(parcel)
  }

  /** It asks for the newest end: a try that arrives from now on may be missing in it. */
  asks(): void {
    this.#askedAt = { service: this.#ports.latestServiceTime(), uptime: this.#ports.clock.uptime() }
  }

  /**
   * What it proved, in order, and no further than what is proven: of two messages with the same words the earlier left
   * first. What stands behind an unproven one needs another reading.
   */
  proves(waiting: readonly Parcel[]): readonly Parcel[] {
    const end = waiting.findIndex(({ isBeingProven }) => !isBeingProven)
    const proven = end < 0 ? waiting : waiting.slice(0, end)
    for (const parcel of waiting) parcel.isBeingProven = false
    for (const parcel of proven) {
      parcel.isInDoubt = false
      parcel.missingAt = this.#askedAt
    }
    return proven
  }
}
