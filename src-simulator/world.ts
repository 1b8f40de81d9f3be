import type { SimulatorClock } from './clock.ts'
import type { OfferBook } from './control/offers.ts'
import type { FaultBoard } from './faults/faults.ts'
import type { PageFaults } from './faults/page-faults.ts'
import type { Mint } from './mint.ts'
import type { Directory } from './room/directory.ts'
import type { PretendStorage } from './service/pretend-storage.ts'
import type { RequestLog } from './service/request-log.ts'
import type { SessionBook } from './service/session-book.ts'
import type { SocketHub } from './service/socket-hub.ts'
import type { ThrottleGate } from './service/throttle.ts'
import type { TicketOffice } from './service/tickets.ts'
import type { ViewShelf } from './service/view-shelf.ts'
import type { SwitchBoard } from './switches.ts'

/** Everything one simulator consists of. */
export type World = Readonly<{
  clock: SimulatorClock
  mint: Mint
  switches: SwitchBoard
  faults: FaultBoard
  pageFaults: PageFaults
  directory: Directory
  tickets: TicketOffice
  hub: SocketHub
  requests: RequestLog
  throttle: ThrottleGate
  storage: PretendStorage
  views: ViewShelf
  sessions: SessionBook
  offers: OfferBook
  /** Where the service listens, known once it does. */
  address: { http: string; ws: string }
}>
