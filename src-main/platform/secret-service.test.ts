import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { secretService, type ServiceState } from './secret-service.ts'
import { sessionBus } from './session-bus.ts'
import { systemClock } from './system-clock.ts'

// As dbus-daemon 1.14 and gnome-keyring 42 really sent them.
const welcome = fromBase64(
  'bAIBAQkAAAABAAAAPQAAAAYBcwAEAAAAOjEuMAAAAAAFAXUAAQAAAAgBZwABcwAABwFzABQAAABvcmcuZnJlZWRlc2t0b3Au' +
    'REJ1cwAAAAAEAAAAOjEuMABsBAEBCQAAAAIAAACNAAAAAQFvABUAAAAvb3JnL2ZyZWVkZXNrdG9wL0RCdXMAAAACAXMAFAAA' +
    'AG9yZy5mcmVlZGVza3RvcC5EQnVzAAAAAAMBcwAMAAAATmFtZUFjcXVpcmVkAAAAAAYBcwAEAAAAOjEuMAAAAAAIAWcAAXMA' +
    'AAcBcwAUAAAAb3JnLmZyZWVkZXNrdG9wLkRCdXMAAAAABAAAADoxLjAA',
)
const pong = fromBase64('bAIBAQAAAAALAAAAJQAAAAYBcwAEAAAAOjEuNQAAAAAFAXUAAgAAAAcBcwAEAAAAOjEuMQAAAAA=')
const unlocked = fromBase64(
  'bAIBAQgAAAAGAAAALQAAAAYBcwAEAAAAOjEuMwAAAAAIAWcAAXYAAAUBdQACAAAABwFzAAQAAAA6MS4xAAAAAAFiAAAAAAAA',
)
const locked = fromBase64(
  'bAIBAQgAAAAMAAAALQAAAAYBcwAEAAAAOjEuNgAAAAAIAWcAAXYAAAUBdQACAAAABwFzAAQAAAA6MS4xAAAAAAFiAAABAAAA',
)
const refused = fromBase64(
  'bAMBAUwAAAADAAAAdQAAAAYBcwAEAAAAOjEuMAAAAAAEAXMAKQAAAG9yZy5mcmVlZGVza3RvcC5EQnVzLkVycm9yLlNlcnZp' +
    'Y2VVbmtub3duAAAAAAAAAAUBdQACAAAACAFnAAFzAAAHAXMAFAAAAG9yZy5mcmVlZGVza3RvcC5EQnVzAAAAAEcAAABUaGUg' +
    'bmFtZSBvcmcuZnJlZWRlc2t0b3Auc2VjcmV0cyB3YXMgbm90IHByb3ZpZGVkIGJ5IGFueSAuc2VydmljZSBmaWxlcwA=',
)

interface Answers {
  readonly ping: Buffer | null
  readonly get: Buffer | null
}

let folder: string
let server: Server
const sockets = new Set<Socket>()

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-bus-'))
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

/** Introduces itself as a bus does and answers with what was recorded, a byte at a time. */
async function aBus(answers: Answers, introduction = 'OK 6aa129bc7bdc53ef1c838c8d6b037157'): Promise<string> {
  const place = path.join(folder, 'bus')
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    let heard = ''
    const take = (mark: string): boolean => {
      const at = heard.indexOf(mark)
      if (at >= 0) heard = heard.slice(at + mark.length)
      return at >= 0
    }
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
      if (take('AUTH EXTERNAL 31303030\r\n')) socket.write(`${introduction}\r\n`)
      if (take('BEGIN\r\n')) dribble(socket, welcome)
      if (take('Ping')) dribble(socket, answers.ping)
      if (take('Locked')) dribble(socket, answers.get)
    })
  })
  await new Promise<void>((resolve) => server.listen(place, resolve))
  return `unix:path=${encodeURI(place)},guid=6aa129bc`
}

function dribble(socket: Socket, bytes: Buffer | null): void {
  for (const byte of bytes ?? []) socket.write(Buffer.from([byte]))
}

function stateAt(address: string | null, backend = 'gnome_libsecret'): Promise<ServiceState> {
  const impatient = { ...systemClock, after: (_ms: number, run: () => void) => systemClock.after(300, run) }
  return secretService(sessionBus(address, 1000, impatient)).state(backend)
}

it.each([
  ['open', { ping: pong, get: unlocked }],
  ['locked', { ping: pong, get: locked }],
  ['open', { ping: pong, get: refused }],
  ['silent', { ping: refused, get: null }],
  ['silent', { ping: null, get: null }],
  ['silent', { ping: pong, get: null }],
] as const)('is %s by what the bus answers (%#)', async (state, answers) => {
  expect(await stateAt(await aBus(answers))).toBe(state)
})

it('is silent when the bus does not let this user in, talks nonsense or is not there', async () => {
  const address = await aBus({ ping: pong, get: unlocked }, 'REJECTED EXTERNAL')

  expect(await stateAt(address)).toBe('silent')
  expect(await stateAt(`unix:path=${folder}/nowhere`)).toBe('silent')
})

it('is silent when what answers is not a bus', async () => {
  expect(await stateAt(await aBus({ ping: Buffer.from('HTTP/1.1 400 Bad Request\r\n'), get: null }))).toBe(
    'silent',
  )
})

it('is unknown without an address, with one of another kind and for other keychains', async () => {
  const address = await aBus({ ping: pong, get: locked })

  expect(await stateAt(null)).toBe('unknown')
  expect(await stateAt('tcp:host=localhost,port=1')).toBe('unknown')
  expect(await stateAt(address, 'basic_text')).toBe('unknown')
  expect(await stateAt(address, 'kwallet6')).toBe('unknown')
})

it('of another desktop is silent when its wallet is not on the bus', async () => {
  expect(await stateAt(await aBus({ ping: refused, get: null }), 'kwallet6')).toBe('silent')
})

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
