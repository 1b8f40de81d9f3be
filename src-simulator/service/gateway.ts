import type { Fault } from '../faults/faults.ts'
import type { Answer } from './http.ts'

/** What a gateway puts into its answer. */
export const gatewayBodies = ['html', 'json', 'text', 'empty'] as const
export type GatewayBody = (typeof gatewayBodies)[number]

/** Where a captive portal sends everybody. Whoever follows shows up in the request log, with the token if he brings it. */
export const portalPath = '/gateway/sign-in'

const usualStatus = 403
const page = (status: number): string =>
  `<html><head><title>Access to this site</title></head><body><h1>${status}</h1><p>Sign in to go on.</p></body></html>`

const bodies: Readonly<Record<GatewayBody, (status: number) => { type?: string; body: string }>> = {
  html: (status) => ({ type: 'text/html', body: page(status) }),
  json: (status) => ({
    type: 'application/json',
    body: JSON.stringify({ error: 'blocked', message: `Blocked by policy ${status}` }),
  }),
  text: () => ({ type: 'text/plain', body: 'Blocked by policy' }),
  empty: () => ({ body: '' }),
}

/** The answer of something that stands between a client and the service, and does not pass the request on. */
export function gatewayReply({ status = usualStatus, body = 'html' }: Fault, base: string): Answer {
  const made = bodies[body](status)
  return {
    kind: 'answer',
    status,
    headers: {
      server: 'Squid',
      ...(made.type !== undefined && { 'content-type': made.type }),
      ...(status >= 300 && status < 400 && { location: `${base}${portalPath}` }),
    },
    body: made.body,
  }
}
