import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createContext, runInContext, Script } from 'node:vm'
import { WebSocket } from 'ws'
import type { ConnectNamespace } from './chat-js-session.ts'

const bundle = new Script(
  readFileSync(createRequire(import.meta.url).resolve('amazon-connect-chatjs'), 'utf8'),
  { filename: 'amazon-connect-chat.js' },
)

const nothing = (): void => undefined

type Timer = { readonly delayMs: number; readonly repeats: boolean; run: () => void; stop: () => void }

/** One browser tab with ChatJS loaded: what the library needs of a browser, and nothing it does not look at. */
export class BrowserPage {
  /** The global `connect`, as `<script src="amazon-connect-chat.js">` leaves it. */
  readonly connect: ConnectNamespace
  /** Every websocket frame that arrived, as it came. */
  readonly frames: string[] = []
  onFrame: () => void = nothing
  readonly #navigator = {
    onLine: true,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  }
  readonly #timers = new Map<number, Timer>()
  readonly #sockets = new Set<WebSocket>()
  readonly #leaving = new AbortController()
  #nextTimer = 1

  constructor() {
    const adopt = this.#adopt.bind(this)
    class PageSocket extends WebSocket {
      constructor(url: string) {
        super(url, { origin: pageOrigin })
        adopt(this)
      }
    }
    const scope: Record<string, unknown> = {
      navigator: this.#navigator,
      WebSocket: PageSocket,
      fetch: (input: string | Request, init?: RequestInit) =>
        pageFetch(input, init, this.#leaving.signal).catch(() => {
          // Chrome says no more than this, and gives no cause. The page knows only errors of its own making.
          throw new pageGlobal.TypeError('Failed to fetch')
        }),
      ...this.#timerFunctions(),
      console: silentConsole,
      process: { env: {} },
    }
    for (const name of webApi) scope[name] = Reflect.get(globalThis, name)
    scope['window'] = scope
    scope['self'] = scope
    const page = createContext(scope)
    const pageGlobal = runInContext('globalThis', page) as { TypeError: TypeErrorConstructor }
    bundle.runInContext(page)
    this.connect = scope['connect'] as ConnectNamespace
  }

  get openSockets(): number {
    return [...this.#sockets].filter((socket) => socket.readyState === WebSocket.OPEN).length
  }

  /** What `navigator.onLine` says. */
  set online(isOnline: boolean) {
    this.#navigator.onLine = isOnline
  }

  /** Lets the pending timers of this length fire now, as if their time had come. Returns how many. */
  hurry(isMeant: (delayMs: number) => boolean): number {
    const due = [...this.#timers].filter(([, { delayMs }]) => isMeant(delayMs))
    for (const [id, timer] of due) {
      if (!timer.repeats) this.#stop(id)
      timer.run()
    }
    return due.length
  }

  /** The tab is closed: its timers, sockets and requests end. */
  close(): void {
    this.#leaving.abort()
    for (const id of [...this.#timers.keys()]) this.#stop(id)
    for (const socket of this.#sockets) socket.terminate()
  }

  #adopt(socket: WebSocket): void {
    this.#sockets.add(socket)
    socket.on('message', (frame: Buffer) => {
      this.frames.push(frame.toString())
      this.onFrame()
    })
  }

  #timerFunctions(): Record<string, unknown> {
    const start = (repeats: boolean) => (act: () => void, delayMs?: number) =>
      this.#start(act, { delayMs: delayMs ?? 0, repeats })
    const stop = (id: number | null | undefined): void => this.#stop(id ?? 0)
    return {
      setTimeout: start(false),
      setInterval: start(true),
      clearTimeout: stop,
      clearInterval: stop,
    }
  }

  #start(act: () => void, { delayMs, repeats }: { delayMs: number; repeats: boolean }): number {
    const id = this.#nextTimer++
    if (this.#leaving.signal.aborted) return id
    if (repeats) {
      const interval = setInterval(act, delayMs)
      this.#timers.set(id, { delayMs, repeats, run: act, stop: () => clearInterval(interval) })
      return id
    }
    // Node fires timers beyond this length at once, browsers do the same; nothing here waits so long.
    const timeout = setTimeout(() => {
      this.#timers.delete(id)
      act()
    }, delayMs)
    this.#timers.set(id, { delayMs, repeats, run: act, stop: () => clearTimeout(timeout) })
    return id
  }

  #stop(id: number): void {
    this.#timers.get(id)?.stop()
    this.#timers.delete(id)
  }
}

const pageOrigin = 'https://shop.example'

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

const silentConsole = { debug: nothing, info: nothing, log: nothing, warn: nothing, error: nothing }

const forbiddenHeaders = ['content-length', 'host', 'origin', 'connection']
const simpleHeaders = new Set(['accept', 'accept-language', 'content-language'])
const readableHeaders = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires']

/** A cross-origin `fetch` as Chrome performs it: preflight first, and no answer without leave to read it. */
async function pageFetch(
  input: string | Request,
  init: RequestInit | undefined,
  leaving: AbortSignal,
): Promise<Response> {
  const headers = new Headers(init?.headers)
  for (const name of forbiddenHeaders) headers.delete(name)
  const request = typeof input === 'string' ? new Request(input, { ...init, headers }) : input
  for (const name of forbiddenHeaders) request.headers.delete(name)
  await preflight(request)
  request.headers.set('origin', pageOrigin)
  const response = await fetch(request, { signal: leaving })
  if (!allowsOrigin(response)) throw new Error('blocked by CORS policy')
  const visible = [...readableHeaders, ...listed(response, 'access-control-expose-headers')]
  const kept = [...response.headers].filter(([name]) => visible.includes(name))
  return new Response(response.body, { status: response.status, headers: kept })
}

async function preflight({ url, method, headers }: Request): Promise<void> {
  const unusual = [...headers.keys()].filter((name) => !simpleHeaders.has(name)).sort()
  if (method === 'GET' && unusual.length === 0) return
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: pageOrigin,
      'access-control-request-method': method,
      'access-control-request-headers': unusual.join(','),
    },
  })
  const allowed = listed(response, 'access-control-allow-headers')
  const refused = unusual.filter((name) => !allowed.includes(name))
  const methods = listed(response, 'access-control-allow-methods')
  const mayUseMethod = method === 'GET' || method === 'POST' || methods.includes(method.toLowerCase())
  if (!response.ok || !allowsOrigin(response) || !mayUseMethod || refused.length > 0)
    throw new Error(`preflight refused ${method} with ${refused.join()}`)
}

const allowsOrigin = (response: Response): boolean =>
  ['*', pageOrigin].includes(response.headers.get('access-control-allow-origin') ?? '')

const listed = (response: Response, header: string): readonly string[] =>
  (response.headers.get(header) ?? '').split(',').map((name) => name.trim().toLowerCase())
