import { z } from 'zod'
import { DeskError } from '#shared/failure.ts'
import { type Notice, Settings } from '#shared/model.ts'
import { readEndpoint, readRegion } from '../participant/instance-checks.ts'
import { ClientSettings } from '../platform/client-settings.ts'
import type { PolicyText } from '../platform/policy-file.ts'

const Region = z.string().transform(checkedBy(readRegion))
const Endpoint = z.string().transform(checkedBy(readEndpoint)).nullable()

const PolicyInstance = z
  .strictObject({
    instanceId: z.string().min(1),
    label: z.string().min(1),
    /** At most three letters; made from the region where it is left out. */
    tag: z.string().min(1).max(3).optional(),
    region: Region,
    endpoint: Endpoint.default(null),
    client: ClientSettings.default({}),
  })
  .refine(({ endpoint, client }) => endpoint === null || !(client.fips || client.dualStack), {
    message: 'an endpoint cannot be combined with fips or dualStack',
    path: ['endpoint'],
  })

/** What an administrator decides for everybody on this computer. It wins over the user's own settings. */
const Policy = z.strictObject({
  /** For every instance; region and endpoint are what the join dialog begins with. */
  defaults: ClientSettings.extend({ region: Region.optional(), endpoint: Endpoint.optional() }).default({}),
  instances: z.array(PolicyInstance).readonly().default([]),
  /** What closing the window does; the user's own setting where it is left out. */
  closing: Settings.shape.closing.optional(),
})
export type Policy = z.infer<typeof Policy>

export const noPolicy: Policy = { defaults: {}, instances: [] }

/** A policy that cannot be read decides nothing, and the notice says so. */
export function readPolicy(found: PolicyText | null): { policy: Policy; notice: Notice | null } {
  if (found === null) return { policy: noPolicy, notice: null }
  const { file, text, reason = 'It cannot be opened' } = found
  if (text === null) return broken(file, reason)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return broken(file, 'It is not JSON')
  }
  const parsed = Policy.safeParse(content)
  return parsed.success ? { policy: parsed.data, notice: null } : broken(file, reasonOf(parsed.error))
}

function broken(file: string, reason: string): { policy: Policy; notice: Notice } {
  const detail = `${reason}: ${file}. Parley goes on with the usual settings. Tell your administrator.`
  const title = 'The policy file of this computer is not in force.'
  return { policy: noPolicy, notice: { noticeId: 'policy', level: 'alert', title, detail } }
}

function reasonOf({ issues }: z.ZodError): string {
  const [first] = issues
  const place = first?.path.join('.') ?? ''
  const message = (first?.message ?? '').replace(/\.$/, '')
  return place === '' ? message : `${place}: ${message}`
}

/** The checks of what people type, for what administrators write. */
function checkedBy<T>(read: (text: string) => T) {
  return (text: string, context: z.RefinementCtx): T => {
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  }
}
