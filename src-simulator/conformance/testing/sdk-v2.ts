import './quiet-sdk.ts'
import ConnectParticipant from 'aws-sdk/clients/connectparticipant.js'
import type { ClientKind, Trouble } from './participant-client.ts'
import type { Sdk } from './sdk-client.ts'
import { SdkClient } from './sdk-client.ts'

/** `AWS.ConnectParticipant` of `aws-sdk` 2, as it comes. */
export const sdkV2: ClientKind = {
  name: 'aws-sdk v2',
  lacks: new Set(['GetAuthenticationUrl', 'CancelParticipantAuthentication']),
  open: (person) => new SdkClient(sdkFor, person),
  impatient: (client, timeoutMs) => SdkClient.impatient(client, timeoutMs),
}

function sdkFor(endpoint: string, timeoutMs?: number): Sdk {
  const settings: Readonly<Record<string, unknown>> = {
    endpoint,
    region: 'us-west-2',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    ...(timeoutMs !== undefined && { httpOptions: { timeout: timeoutMs } }),
  }
  const service = new ConnectParticipant(settings)
  return {
    call: (operation, input) =>
      service
        .makeRequest(operation.charAt(0).toLowerCase() + operation.slice(1), withoutGaps(input))
        .promise(),
    troubleOf,
    close: () => undefined,
  }
}

/** This SDK takes a field without a value for a mistake. */
const withoutGaps = (input: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

type ErrorOfV2 = { code: string; message: string; statusCode?: number; originalError?: { code?: string } }

function troubleOf(error: unknown): Trouble {
  const { code, message, statusCode, originalError } = error as ErrorOfV2
  const cause = originalError?.code
  return {
    name: cause === undefined || cause === code ? code : `${code} (${cause})`,
    message,
    status: statusCode,
  }
}
