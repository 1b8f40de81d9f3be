import { DeskError } from '#shared/failure.ts'
import { Secret } from '../vault/secret.ts'

const longestToken = 1000

/** Everything that can be known about a pasted token without asking the service. Throws 'malformed-token'. */
export function readParticipantToken(pasted: string): Secret {
  const token = pasted.trim()
  if (token === '') {
    throw new DeskError('malformed-token', 'The participant token is empty. Paste the whole token.')
  }
  if (/\s/.test(token)) {
    throw new DeskError(
      'malformed-token',
      'The participant token contains a space or a line break. Copy it again, without anything around it.',
    )
  }
  if (token.length > longestToken) {
    throw new DeskError(
      'malformed-token',
      `The participant token is longer than ${longestToken} characters. Copy the token alone.`,
    )
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new DeskError(
      'malformed-token',
      'The participant token contains a character that no token has. Copy it again.',
    )
  }
  return new Secret(token)
}

/** Throws 'bad-region'. Whether the region exists only the network can tell. */
export function readRegion(typed: string): string {
  const region = typed.trim().toLowerCase()
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) {
    throw new DeskError(
      'bad-region',
      "The region is not one of Amazon's. It looks like us-west-2 or eu-central-1.",
    )
  }
  return region
}

/** Null for the region's own endpoint. Throws 'bad-endpoint'. */
export function readEndpoint(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new DeskError('bad-endpoint', 'The endpoint is not a web address. It begins with https://.')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new DeskError('bad-endpoint', 'The endpoint has more than a host and a path. Leave out the rest.')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new DeskError('bad-endpoint', 'The endpoint is not encrypted. It begins with https://.')
  }
  return url.href.replace(/\/$/, '')
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
