import { defaultUploadLimits } from '../chat/upload-rules.ts'
import { defaultClientOptions } from '../participant/client-options.ts'
import { defaultRateLimits, type RateLimits } from '../participant/rate-scheduler.ts'
import type { ClientSettings } from '../platform/client-settings.ts'

/** How one instance is reached, with nothing left out. */
export type InstanceClient = Readonly<{
  [Name in Exclude<keyof ClientSettings, 'rates'>]-?: NonNullable<ClientSettings[Name]>
}> & { readonly rates: RateLimits }

export const defaultClient: InstanceClient = {
  fips: defaultClientOptions.fips,
  dualStack: defaultClientOptions.dualStack,
  proxy: { mode: 'system' },
  authorities: [],
  connectionTimeout: defaultClientOptions.connectionTimeout,
  requestTimeout: defaultClientOptions.requestTimeout,
  attempts: defaultClientOptions.attempts,
  backoffBase: defaultClientOptions.backoffBase,
  backoffCap: defaultClientOptions.backoffCap,
  logRequests: false,
  correctClockSkew: defaultClientOptions.correctClockSkew,
  validateStrictly: defaultClientOptions.validateStrictly,
  messageCharacters: defaultClientOptions.messageCharacters,
  fileBytes: defaultUploadLimits.maxBytes,
  filesPerChat: defaultUploadLimits.maxFiles,
  rates: defaultRateLimits,
}

/** The defaults with what was set, the most binding last. */
export function completeClient(layers: readonly ClientSettings[]): InstanceClient {
  return layers.reduce(overlay, defaultClient)
}

function overlay(under: InstanceClient, over: ClientSettings): InstanceClient {
  return {
    fips: over.fips ?? under.fips,
    dualStack: over.dualStack ?? under.dualStack,
    proxy: over.proxy ?? under.proxy,
    authorities: over.authorities ?? under.authorities,
    connectionTimeout: over.connectionTimeout ?? under.connectionTimeout,
    requestTimeout: over.requestTimeout ?? under.requestTimeout,
    attempts: over.attempts ?? under.attempts,
    backoffBase: over.backoffBase ?? under.backoffBase,
    backoffCap: over.backoffCap ?? under.backoffCap,
    logRequests: over.logRequests ?? under.logRequests,
    correctClockSkew: over.correctClockSkew ?? under.correctClockSkew,
    validateStrictly: over.validateStrictly ?? under.validateStrictly,
    messageCharacters: over.messageCharacters ?? under.messageCharacters,
    fileBytes: over.fileBytes ?? under.fileBytes,
    filesPerChat: over.filesPerChat ?? under.filesPerChat,
    rates: { ...under.rates, ...over.rates },
  }
}
