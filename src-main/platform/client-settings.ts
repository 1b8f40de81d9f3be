import path from 'node:path'
import { z } from 'zod'
import type { Operation } from '../participant/rate-scheduler.ts'

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

const operations = [
  'connection',
  'disconnect',
  'transcript',
  'message',
  'event',
  'upload-start',
  'upload-complete',
  'attachment',
  'other',
] as const satisfies readonly Operation[]

const Rate = z.strictObject({ rate: z.number().positive().max(1000), burst: z.int().min(1).max(1000) })
const milliseconds = (min: number, max: number) => z.int().min(min).max(max)

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
    connectionTimeout: milliseconds(100, 120_000),
    requestTimeout: milliseconds(100, 600_000),
    attempts: z.int().min(1).max(10),
    backoffBase: milliseconds(10, 60_000),
    backoffCap: milliseconds(10, 600_000),
    logRequests: z.boolean(),
    correctClockSkew: z.boolean(),
    validateStrictly: z.boolean(),
    messageCharacters: z.int().min(1).max(16_384),
    fileBytes: z.int().min(1),
    filesPerChat: z.int().min(0),
    rates: z.partialRecord(z.enum(operations), Rate),
  })
  .partial()
export type ClientSettings = z.infer<typeof ClientSettings>
