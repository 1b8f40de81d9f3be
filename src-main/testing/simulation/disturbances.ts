import type { Action } from './plan.ts'
import type { SimulatedService } from './simulated-service.ts'

type Disturbance = Extract<
  Action,
  {
    do:
      | 'gateway'
      | 'no-sockets'
      | 'lose-responses'
      | 'hang-responses'
      | 'hold-requests'
      | 'lose-frames'
      | 'stick-pages'
      | 'duplicate-frames'
      | 'reorder-frames'
      | 'mute-sockets'
  }
>

/** What goes wrong between the app and the service while both go on. */
export function disturb(service: SimulatedService, action: Disturbance): void {
  const { faults } = service.network
  switch (action.do) {
    case 'gateway':
      service.network.meanwhile('gateway', action.inFrontOf, action.lasting)
      return
    case 'no-sockets':
      service.network.meanwhile('noSockets', action.how, action.lasting)
      service.sockets.drop('1006')
      return
    case 'lose-responses':
      faults.losing += action.count
      return
    case 'hang-responses':
      faults.hanging += action.count
      return
    case 'hold-requests':
      faults.holding += action.count
      faults.heldFor = action.heldFor
      return
    case 'lose-frames':
      faults.losingFrames += action.count
      return
    case 'stick-pages':
      faults.sticking = action.count
      faults.stuckHow = action.how
      return
    case 'duplicate-frames':
      service.network.meanwhile('duplicating', true, action.lasting)
      return
    case 'reorder-frames':
      service.network.meanwhile('reordering', true, action.lasting)
      return
    case 'mute-sockets':
      service.sockets.mute()
      service.network.meanwhile('muting', true, action.lasting)
      return
  }
}
