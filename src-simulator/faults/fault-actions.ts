import type { World } from '../world.ts'
import type { Fault, FaultKind } from './faults.ts'

/** Carries out the faults that do something at once, and undoes what must not outlive them. */
export function carryOutFaults(world: World): void {
  world.faults.onStart((fault) => atOnce[fault.kind]?.(world, fault))
  world.faults.onEnd((fault) => {
    // Nothing swallowed comes back; what was deaf is cut, as when a network path is given up.
    if (fault.kind === 'half-open')
      for (const socket of world.hub.sockets) if (socket.deafenedBy === fault.id) socket.cut()
    if (fault.kind === 'silent-subscription')
      for (const socket of world.hub.sockets) if (socket.mutedBy === fault.id) socket.mutedBy = undefined
  })
  world.clock.skewBy(() => {
    const skew = world.faults.find('clock-skew')
    return skew ? (skew.durationMs ?? 300_000) : 0
  })
}

type Action = (world: World, fault: Fault) => void

/** The kinds that are not here wait for something to happen to. */
const atOnce: Readonly<Partial<Record<FaultKind, Action>>> = {
  'drop-sockets': (world, fault) => {
    for (const socket of world.hub.matching(fault)) {
      if (fault.status === undefined) socket.cut()
      else socket.close(fault.status)
    }
  },
  'half-open': (world, fault) => {
    for (const socket of world.hub.matching(fault)) socket.deafenedBy = fault.id
  },
  'silent-subscription': (world, fault) => {
    for (const socket of world.hub.matching(fault)) socket.mutedBy = fault.id
  },
  'forbidden-frame': (world, fault) => {
    for (const socket of world.hub.matching(fault)) socket.sendForbidden()
  },
  'expire-token': (world, fault) => {
    const wanted = fault.operation === 'CreateParticipantConnection' ? 'participant' : 'connection'
    world.directory.expireTokens(({ kind, room }) => kind === wanted && isAbout(fault, room.contactIds))
  },
  'expire-socket-url': (world, fault) => {
    world.tickets.expire(({ room }) => isAbout(fault, room.contactIds))
  },
}

const isAbout = (fault: Fault, contactIds: readonly string[]): boolean =>
  fault.contactId === undefined || contactIds.includes(fault.contactId)
