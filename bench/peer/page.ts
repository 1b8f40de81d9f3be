import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createContext, runInContext, Script } from 'node:vm'
import { WebSocket } from 'ws'
import type { ConnectNamespace } from './chat-js.ts'

const require = createRequire(import.meta.url)
const script = new Script(readFileSync(require.resolve('amazon-connect-chatjs'), 'utf8'))

const { version } = require('amazon-connect-chatjs/package.json') as { version: string }
export const peerName = `amazon-connect-chatjs ${version}`

const nothing = (): void => undefined
const silence = { debug: nothing, info: nothing, log: nothing, warn: nothing, error: nothing }
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'
const webApi = [
  'AbortController',
  'Blob',
  'Headers',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'crypto',
]

type Timer = ReturnType<typeof setTimeout>

/** A browser page as far as the unmodified library looks at one. It is spared the preflight requests of a real page. */
export class Page {
  readonly connect: ConnectNamespace
  readonly #navigator = { onLine: true, userAgent }
  readonly #timers = new Set<Timer>()
  readonly #sockets = new Set<WebSocket>()
  #isClosed = false

  constructor(endpoint: string) {
    const scope: Record<string, unknown> = {
      navigator: this.#navigator,
      WebSocket: this.#socketClass(),
      console: silence,
      process: { env: {} },
      ...this.#timerFunctions(),
    }
    for (const name of webApi) scope[name] = Reflect.get(globalThis, name)
    scope['window'] = scope
    scope['self'] = scope
    const page = createContext(scope)
    const { TypeError: PageTypeError } = runInContext('globalThis', page) as { TypeError: typeof TypeError }
    scope['fetch'] = (input: string | Request, init?: RequestInit) =>
      fetch(input, init).catch(() => {
        // A browser says no more than this.
        throw new PageTypeError('Failed to fetch')
      })
    script.runInContext(page)
    this.connect = scope['connect'] as ConnectNamespace
    this.connect.ChatSession.setGlobalConfig({ endpoint, region: 'us-west-2' })
  }

  set isOnline(isOnline: boolean) {
    this.#navigator.onLine = isOnline
  }

  close(): void {
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const socket of this.#sockets) socket.terminate()
  }

  #socketClass(): new (url: string) => WebSocket {
    const sockets = this.#sockets
    return class extends WebSocket {
      constructor(url: string) {
        super(url, { perMessageDeflate: false })
        sockets.add(this)
        this.on('close', () => sockets.delete(this))
      }
    }
  }

  #timerFunctions(): Record<string, unknown> {
    const keep = (timer: Timer): Timer => {
      if (this.#isClosed) clearTimeout(timer)
      else this.#timers.add(timer)
      return timer
    }
    const stop = (timer: Timer | undefined): void => {
      if (timer === undefined) return
      clearTimeout(timer)
      this.#timers.delete(timer)
    }
    const setPageTimeout = (act: () => void, delay?: number): Timer => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        act()
      }, delay)
      return keep(timer)
    }
    return {
      setTimeout: setPageTimeout,
      setInterval: (act: () => void, delay?: number) => keep(setInterval(act, delay)),
      clearTimeout: stop,
      clearInterval: stop,
    }
  }
}
