/** A proxy as Chromium or an admin names it. */
export interface Proxy {
  readonly kind: 'http' | 'https' | 'socks4' | 'socks5'
  readonly host: string
  readonly port: number
}

export type Route = Proxy | { readonly kind: 'direct' }

/** Chromium's answer for an origin, such as "PROXY proxy.example:3128; DIRECT". Empty when it has none. */
export type ResolveProxy = (origin: string) => Promise<string>

type ProxyKind = Proxy['kind']

const chromiumNames = new Map<string, ProxyKind>([
  ['PROXY', 'http'],
  ['HTTPS', 'https'],
  ['SOCKS', 'socks4'],
  ['SOCKS4', 'socks4'],
  ['SOCKS5', 'socks5'],
])
const usualPorts: Readonly<Record<ProxyKind, number>> = { http: 80, https: 443, socks4: 1080, socks5: 1080 }

/** Best first. A kind of proxy that nobody knows is left out, so that traffic never leaves another way than allowed. */
export function parseRoutes(answer: string): readonly Route[] {
  return answer.split(';').flatMap((choice): readonly Route[] => {
    const [name = '', address = ''] = choice.trim().split(/\s+/)
    if (name.toUpperCase() === 'DIRECT') return [{ kind: 'direct' }]
    const kind = chromiumNames.get(name.toUpperCase())
    const proxy = kind === undefined ? null : readProxy(kind, address)
    return proxy === null ? [] : [proxy]
  })
}

/** As Chromium would name it. `url` is checked: "http://proxy.example:3128", "https://", "socks4://" or "socks5://". */
export function routeTo(url: string): string {
  const { protocol, hostname, port } = new URL(url)
  const kind = protocol.slice(0, -1)
  const name = [...chromiumNames].find(([, known]) => known === kind)?.[0]
  if (name === undefined) throw new Error(`No kind of proxy is called ${kind}.`)
  return port === '' ? `${name} ${hostname}` : `${name} ${hostname}:${port}`
}

export function proxyName({ host, port }: Proxy): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

function readProxy(kind: ProxyKind, address: string): Proxy | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d+))?$/i.exec(address)
  const host = match?.[1] ?? match?.[2]
  if (host === undefined) return null
  return { kind, host, port: match?.[3] === undefined ? usualPorts[kind] : Number(match[3]) }
}
