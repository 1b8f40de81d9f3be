import { connect, type Socket } from 'node:net'
import { decodeMessage, encodeCall, type BusAnswer, type BusCall } from './bus-message.ts'
import type { Clock } from '../chat/clock.ts'

/** 'silent': nobody answered in time, or nobody is at the address. 'no-bus': there is no address to ask at. */
export type BusOutcome = BusAnswer | { readonly state: 'silent' } | { readonly state: 'no-bus' }

export interface SessionBus {
  ask(call: BusCall, within: number): Promise<BusOutcome>
}

const hello: BusCall = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'Hello',
  args: [],
}
const helloSerial = 1
const callSerial = 2

/** The session bus of the desktop; each question has a connection of its own. `address` as in D-Bus's variable. */
export function sessionBus(address: string | null, userId: number, clock: Clock): SessionBus {
  const place = address === null ? null : placeOf(address)
  return {
    ask(call, within) {
      if (place === null) return Promise.resolve({ state: 'no-bus' })
      return new Promise((resolve) => {
        const socket = connect(place)
        const settle = (outcome: BusOutcome): void => {
          stopWaiting()
          socket.destroy()
          resolve(outcome)
        }
        const giveUp = (): void => {
          settle({ state: 'silent' })
        }
        const stopWaiting = clock.after(within, giveUp)
        socket.on('error', giveUp)
        socket.on('close', giveUp)
        socket.on('connect', () => {
          converse(socket, { userId, call, answered: settle })
        })
      })
    },
  }
}

interface Conversation {
  readonly userId: number
  readonly call: BusCall
  readonly answered: (answer: BusAnswer) => void
}

function converse(socket: Socket, { userId, call, answered }: Conversation): void {
  let isIntroduced = false
  let received = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    if (!isIntroduced) {
      const line = received.indexOf('\r\n')
      if (line === -1) return
      if (!received.toString('latin1', 0, line).startsWith('OK ')) {
        socket.destroy()
        return
      }
      received = received.subarray(line + 2)
      isIntroduced = true
      socket.write('BEGIN\r\n')
      socket.write(encodeCall(helloSerial, hello))
      socket.write(encodeCall(callSerial, call))
    }
    try {
      for (let message = decodeMessage(received); message !== null; message = decodeMessage(received)) {
        received = received.subarray(message.bytes)
        if (message.replyTo === callSerial && message.answer !== null) answered(message.answer)
      }
    } catch {
      socket.destroy()
    }
  })
  const identity = Buffer.from(String(userId), 'latin1').toString('hex')
  socket.write(`\0AUTH EXTERNAL ${identity}\r\n`)
}

/** The first address that a Node socket can reach, of those separated by semicolons. */
function placeOf(address: string): string | null {
  for (const one of address.split(';')) {
    const [, transport, options = ''] = /^(\w+):(.*)$/.exec(one) ?? []
    if (transport !== 'unix') continue
    const values = new Map(options.split(',').map((option) => pairOf(option)))
    const path = values.get('path')
    if (path !== undefined) return path
    const abstract = values.get('abstract')
    if (abstract !== undefined) return `\0${abstract}`
  }
  return null
}

function pairOf(option: string): readonly [string, string] {
  const [name = '', value = ''] = option.split('=', 2)
  return [name, decodeURIComponent(value)]
}
