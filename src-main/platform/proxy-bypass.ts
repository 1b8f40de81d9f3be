import { BlockList, isIP, isIPv6 } from 'node:net'
import type { ResolveProxy } from './proxy-routes.ts'
import { routeTo } from './proxy-routes.ts'

export interface ManualProxy {
  readonly url: string
  readonly bypass: readonly string[]
}

/** The same proxy for everything but the exceptions. */
export function resolveManually({ url, bypass }: ManualProxy): ResolveProxy {
  const goesAround = createBypass(bypass)
  const proxy = routeTo(url)
  return (origin) => Promise.resolve(goesAround(new URL(origin)) ? 'DIRECT' : proxy)
}

type Rule = (place: Place) => boolean

interface Place {
  /** Without brackets, lower case. */
  readonly host: string
  readonly port: string
  readonly protocol: string
}

/**
 * Chromium's rules: "example.com", "*.example.com" or ".example.com", each with a port or scheme if wanted,
 * "10.0.0.0/8", "<local>" for names without a dot. This computer itself is always an exception, unless the rules hold
 * "<-loopback>".
 */
export function createBypass(rules: readonly string[]): (url: URL) => boolean {
  const loopback: readonly Rule[] = rules.includes('<-loopback>') ? [] : [isThisComputer]
  const all = [...loopback, ...rules.filter((rule) => rule !== '<-loopback>').map(readRule)]
  return (url) => {
    const place = {
      host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
      port: url.port === '' ? usualPort(url.protocol) : url.port,
      protocol: url.protocol.slice(0, -1),
    }
    return all.some((rule) => rule(place))
  }
}

function readRule(text: string): Rule {
  if (text === '<local>') return ({ host }) => isIP(host) === 0 && !host.includes('.')
  const block = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/i.exec(text)
  if (block?.[1] !== undefined && isBlock(block[1], Number(block[2]))) {
    return inBlock([[block[1], Number(block[2])]])
  }
  const match = /^(?:([a-z]+):\/\/)?(\[[0-9a-f:.]+\]|[^:]*)(?::(\d+))?$/i.exec(text.toLowerCase())
  if (match === null) return () => false
  const [, protocol, pattern = '', port] = match
  const names = namePattern(pattern.replace(/^\[|\]$/g, ''))
  return (place) =>
    names.test(place.host) &&
    (port === undefined || port === place.port) &&
    (protocol === undefined || protocol === place.protocol)
}

function namePattern(pattern: string): RegExp {
  const whole = pattern.startsWith('.') ? `*${pattern}` : pattern
  const escaped = whole.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`)
}

const isOwnAddress = inBlock([
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['::1', 128],
  ['fe80::', 10],
])

function isThisComputer(place: Place): boolean {
  return place.host === 'localhost' || place.host.endsWith('.localhost') || isOwnAddress(place)
}

function isBlock(address: string, bits: number): boolean {
  return isIP(address) !== 0 && bits <= (isIPv6(address) ? 128 : 32)
}

function inBlock(blocks: readonly (readonly [address: string, bits: number])[]): Rule {
  const list = new BlockList()
  for (const [address, bits] of blocks) list.addSubnet(address, bits, isIPv6(address) ? 'ipv6' : 'ipv4')
  return ({ host }) => isIP(host) !== 0 && list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}

function usualPort(protocol: string): string {
  return protocol === 'https:' || protocol === 'wss:' ? '443' : '80'
}
