import path from 'node:path'
import { z } from 'zod'
import { rateOperations } from '#shared/instance-settings.ts'

/** As Chromium names proxies. A password would lie in the settings in the clear, so none is taken. */
const ProxyUrl = z.string().refine((text) => {
  if (!/^(https?|socks[45]):\/\//.test(text) || !URL.canParse(text)) return false
  const { username, password, hostname, pathname } = new URL(text)
  return hostname !== '' && username === '' && password === '' && /^\/?$/.test(pathname)
}, 'A proxy is written like http://proxy.example:3128, without a password.')

const ScriptUrl = z.string().refine((text) => {
  return URL.canParse(text) && ['http:', 'https:', 'data:'].includes(new URL(text).protocol)
}, 'A proxy script has an address that begins with https://, http:// or data:.')

export const ProxySettings = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('pac'), url: ScriptUrl }),
  z.strictObject({
    mode: z.literal('manual'),
    url: ProxyUrl,
    bypass: z.array(z.string().regex(/^\S+$/)).readonly().default([]),
  }),
])
export type ProxySettings = z.infer<typeof ProxySettings>

/** Certificates to trust besides the public ones: the PEM text, or where it lies. */
export const Authority = z.union([
  z.strictObject({ pem: z.string().includes('-----BEGIN CERTIFICATE-----') }),
  z.strictObject({ file: z.string().refine((file) => path.isAbsolute(file), 'The whole path is needed.') }),
])
export type Authority = z.infer<typeof Authority>

interface Range {
  readonly min: number
  readonly max: number
}

/** Milliseconds, bytes, or how many. */
export const clientRanges = {
  connectionTimeout: { min: 100, max: 120_000 },
  requestTimeout: { min: 100, max: 600_000 },
  attempts: { min: 1, max: 10 },
  backoffBase: { min: 10, max: 60_000 },
  backoffCap: { min: 10, max: 600_000 },
  messageCharacters: { min: 1, max: 16_384 },
  fileBytes: { min: 1, max: Number.MAX_SAFE_INTEGER },
  filesPerChat: { min: 0, max: Number.MAX_SAFE_INTEGER },
} as const satisfies Readonly<Record<string, Range>>
export const highestRate = 1000

const Rate = z.strictObject({
  rate: z.number().positive().max(highestRate),
  burst: z.int().min(1).max(highestRate),
})
const within = ({ min, max }: Range) => z.int().min(min).max(max)

/**
 * What an admin can set for one instance, besides its region and endpoint. What is left out keeps its default, so that
 * a later version can have better ones. Times are milliseconds.
 */
export const ClientSettings = z
  .strictObject({
    fips: z.boolean(),
    dualStack: z.boolean(),
    proxy: ProxySettings,
    authorities: z.array(Authority).readonly(),
    connectionTimeout: within(clientRanges.connectionTimeout),
    requestTimeout: within(clientRanges.requestTimeout),
    attempts: within(clientRanges.attempts),
    backoffBase: within(clientRanges.backoffBase),
    backoffCap: within(clientRanges.backoffCap),
    logRequests: z.boolean(),
    correctClockSkew: z.boolean(),
    validateStrictly: z.boolean(),
    messageCharacters: within(clientRanges.messageCharacters),
    fileBytes: within(clientRanges.fileBytes),
    filesPerChat: within(clientRanges.filesPerChat),
    rates: z.partialRecord(z.enum(rateOperations), Rate),
  })
  .partial()
export type ClientSettings = z.infer<typeof ClientSettings>
