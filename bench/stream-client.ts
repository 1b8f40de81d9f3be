import { setTimeout as sleep } from 'node:timers/promises'
import { openFloor } from './stream/floor.ts'
import { openOurs } from './stream/ours.ts'
import { openPeer } from './stream/peer.ts'
import type { FromChild, FromParent, Joined, Receiver, StreamOrder } from './stream/receiver.ts'

// One client in a process of its own, which takes in one stream of messages and tells what that cost.

const order = JSON.parse(process.argv[2] ?? '') as StreamOrder
const quiet = 500

function open(chats: readonly Joined[], place: StreamOrder | null): Promise<Receiver> {
  switch (order.kind) {
    case 'floor':
      return openFloor(order.endpoint, chats)
    case 'parley':
      return openOurs(order.endpoint, chats, null)
    case 'parley with its database':
      return openOurs(order.endpoint, chats, place)
    case 'chatjs':
      return openPeer(order.endpoint, chats, false)
    case 'chatjs with its transcript':
      return openPeer(order.endpoint, chats, true)
  }
}

function tell(message: FromChild): void {
  process.send?.(message)
}

function told(expected: FromParent): Promise<void> {
  return new Promise((resolve) => {
    const hear = (message: FromParent): void => {
      if (message !== expected) return
      process.off('message', hear)
      resolve()
    }
    process.on('message', hear)
  })
}

async function takeIn(receiver: Receiver, messages: number, begin: () => void): Promise<void> {
  const before = receiver.received()
  begin()
  while (receiver.received() - before < messages) await sleep(5)
  await receiver.settled()
}

function heapInUse(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const warm = await open(order.warmUp, { ...order, folder: `${order.folder}/warm` })
const receiver = await open(order.chats, order)
// Whatever joining brings with it has arrived by then.
await sleep(quiet)
tell({ said: 'ready' })
await told('warm up')
await takeIn(warm, order.warmUpMessages, () => tell({ said: 'listening' }))
await sleep(quiet)
tell({ said: 'warm' })
await told('measure')
const heapBefore = heapInUse()
const cpuBefore = process.cpuUsage()
const since = performance.now()
await takeIn(receiver, order.messages, () => tell({ said: 'listening' }))
const wall = performance.now() - since
const { user, system } = process.cpuUsage(cpuBefore)
const heapPerMessage = (heapInUse() - heapBefore) / order.messages
const peakMegabytes = process.resourceUsage().maxRSS / 1024
tell({ said: 'done', figures: { cpu: (user + system) / 1000, wall, heapPerMessage, peakMegabytes } })
await Promise.all([warm.close(), receiver.close()])
process.disconnect()
process.exit(0)
