import type { SimulatorClock } from './clock.ts'
import { OfferBook } from './control/offers.ts'
import { carryOutFaults } from './faults/fault-actions.ts'
import { FaultBoard } from './faults/faults.ts'
import { PageFaults } from './faults/page-faults.ts'
import { cryptoMint } from './mint.ts'
import { Directory } from './room/directory.ts'
import { PretendStorage } from './service/pretend-storage.ts'
import { RequestLog } from './service/request-log.ts'
import { SessionBook } from './service/session-book.ts'
import { SocketHub } from './service/socket-hub.ts'
import { ThrottleGate } from './service/throttle.ts'
import { TicketOffice } from './service/tickets.ts'
import { ViewShelf } from './service/view-shelf.ts'
import type { SwitchChange } from './switches.ts'
import { SwitchBoard } from './switches.ts'
import type { World } from './world.ts'

type Given = Readonly<{ clock: SimulatorClock; switches: SwitchChange; region: string | undefined }>

export function createWorld({ clock, switches: positions, region }: Given): World {
  const mint = cryptoMint
  const switches = new SwitchBoard(positions)
  const faults = new FaultBoard({ after: clock.after.bind(clock), id: () => mint.id() })
  const requests = new RequestLog(clock)
  const tickets = new TicketOffice({ clock, mint, switches, faults })
  const world: World = {
    clock,
    mint,
    switches,
    faults,
    pageFaults: new PageFaults(faults),
    directory: new Directory({ clock, mint, switches }),
    tickets,
    hub: new SocketHub({ clock, mint, switches, faults, tickets, requests }),
    requests,
    throttle: new ThrottleGate(() => clock.trueNow()),
    storage: new PretendStorage({ clock, mint }),
    views: new ViewShelf(mint),
    sessions: new SessionBook(),
    offers: new OfferBook({ clock, mint, switches, region }),
    address: { http: '', ws: '' },
  }
  carryOutFaults(world)
  return world
}
