import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenSocket, RawSocketListener } from '../participant/chat-socket.ts'
import { lineOpener } from '../participant/open-line.ts'
import type { ParticipantApi } from '../participant/participant-api.ts'
import type { LineEvents, ParticipantLine } from '../participant/participant-line.ts'
import { RateScheduler } from '../participant/rate-scheduler.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { newTokens } from '../testing/new-tokens.ts'
import { Secret } from '../vault/secret.ts'

const acknowledged = '{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}'

let clock: ManualClock
let scheduler: RateScheduler
let lines: ParticipantLine[]

beforeEach(() => {
  clock = new ManualClock()
  scheduler = new RateScheduler(clock)
  lines = []
})
afterEach(() => lines.forEach((line) => line.forget()))

/** A chat's line to a service that takes everything. */
function aLine(of = scheduler) {
  const told: string[] = []
  const sockets: RawSocketListener[] = []
  const openSocket: OpenSocket = (_url, listener) => {
    sockets.push(listener)
    return { send: () => undefined, close: () => undefined }
  }
  const api = {
    createConnection: () =>
      Promise.resolve({
        socket: { url: new Secret('wss://socket'), lifetime: null },
        credentials: { token: new Secret('token'), lifetime: null },
        at: null,
      }),
    dropIdleConnections: () => undefined,
  } as unknown as ParticipantApi
  const events = {
    up: () => told.push('up'),
    reachable: () => told.push('reachable'),
    unreadable: () => undefined,
    admitted: () => undefined,
    callable: () => undefined,
    chain: () => undefined,
  } as unknown as LineEvents
  const ports = { api, clock, scheduler: of, newId: () => 'id', note: () => undefined, openSocket }
  const line = lineOpener(ports, newTokens('participant token'))(events, () => false)
  lines.push(line)
  const connect = async (): Promise<void> => {
    line.dial()
    await clock.advance(0)
    sockets.at(-1)?.open()
    sockets.at(-1)?.text(acknowledged)
  }
  return { line, told, connect }
}

describe('the chats of one instance', () => {
  it('learn that it can be reached from the first that gets through', async () => {
    const first = aLine()
    const second = aLine()

    await first.connect()

    expect(second.told).toEqual(['reachable'])
  })

  it('learn nothing from the chats of another instance', async () => {
    const first = aLine()
    const stranger = aLine(new RateScheduler(clock))

    await first.connect()

    expect(stranger.told).toEqual([])
  })

  it('learn nothing any more once they are over', async () => {
    const first = aLine()
    const over = aLine()
    over.line.forget()

    await first.connect()

    expect(over.told).toEqual([])
  })
})
