import type { OutboxPorts } from './outbox-ports.ts'
import type { Moment, Parcel } from './parcel.ts'
import { isStale } from './parcel.ts'
import { overlap } from './trail.ts'

/** What readings of the transcript say of messages whose fate is not known. */
export class LookUp {
  readonly #ports: Pick<OutboxPorts, 'clock' | 'latestServiceTime'>
  #askedAt: Moment | null = null

  constructor(ports: Pick<OutboxPorts, 'clock' | 'latestServiceTime'>) {
    this.#ports = ports
  }

  /** Looked up too long ago, or not at all since its last try. */
  isNeeded(parcel: Parcel): boolean {
    if (parcel.verdict === null && this.isStale(parcel)) parcel.isInDoubt = true
    return parcel.isInDoubt
  }

  isStale(parcel: Parcel): boolean {
    return isStale(parcel, this.#ports.clock.uptime())
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
