import { isLoopback } from './instance-checks.ts'
import { ServiceError } from './service-error.ts'

/** Where an address leads: to this computer, to the network around it, or out into the world. */
type Reach = 'computer' | 'network' | 'world'

const encrypted: ReadonlySet<string> = new Set(['https:', 'wss:'])
const onComputer: ReadonlySet<string> = new Set(['http:', 'ws:'])

/**
 * An address that the service of the instance at `endpoint` (null: Amazon's own) named, null when it is not followed.
 * The service may be hostile: an address with a name and a password, one that leads closer to this computer than the
 * instance itself lies, or one in the clear beyond it is not followed.
 */
export function readServiceAddress(address: string, endpoint: string | null): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') return null
  const reach = reachOf(url.hostname)
  const own = endpoint === null ? 'world' : reachOf(new URL(endpoint).hostname)
  if (reach !== 'world' && reach !== own) return null
  if (encrypted.has(url.protocol)) return url
  return onComputer.has(url.protocol) && reach === 'computer' ? url : null
}

/** The signed address of a file. Throws 'storage-refused' before a connection is made. */
export function readStorageAddress(address: string, endpoint: string | null): URL {
  const url = readServiceAddress(address, endpoint)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ServiceError('storage-refused', 'The service named a file storage that cannot be used.')
  }
  return url
}

/** By what is written: which address a name stands for is the resolver's to say. */
function reachOf(hostname: string): Reach {
  const host = hostname.replace(/\.$/, '')
  const numbers = ipv4In(host)
  if (numbers !== null) return reachOfNumbers(numbers)
  if (isLoopback(host) || host.endsWith('.localhost') || host === '[::]') return 'computer'
  if (/^\[(fe[89ab]|fe[c-f]|f[cd])/.test(host)) return 'network'
  return /\.(local|internal|lan|home\.arpa)$/.test(host) ? 'network' : 'world'
}

function reachOfNumbers([first = 0, second = 0]: readonly number[]): Reach {
  if (first === 127 || first === 0) return 'computer'
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127)
  return isPrivate ? 'network' : 'world'
}

/** Also as it is written within IPv6; `URL` has brought every other spelling into one of these forms. */
function ipv4In(host: string): readonly number[] | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return host.split('.').map(Number)
  const [, high, low] = /^\[(?:::ffff:|64:ff9b::|::)([\da-f]{1,4}):([\da-f]{1,4})\]$/.exec(host) ?? []
  if (high === undefined || low === undefined) return null
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff])
}
