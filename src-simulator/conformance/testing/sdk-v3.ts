import * as Participant from '@aws-sdk/client-connectparticipant'
import type { Operation } from '../../service/operations.ts'
import type { ClientKind, Trouble } from './participant-client.ts'
import type { Sdk } from './sdk-client.ts'
import { SdkClient } from './sdk-client.ts'

const commands = {
  CreateParticipantConnection: Participant.CreateParticipantConnectionCommand,
  DisconnectParticipant: Participant.DisconnectParticipantCommand,
  SendMessage: Participant.SendMessageCommand,
  SendEvent: Participant.SendEventCommand,
  GetTranscript: Participant.GetTranscriptCommand,
  StartAttachmentUpload: Participant.StartAttachmentUploadCommand,
  CompleteAttachmentUpload: Participant.CompleteAttachmentUploadCommand,
  GetAttachment: Participant.GetAttachmentCommand,
  DescribeView: Participant.DescribeViewCommand,
  GetAuthenticationUrl: Participant.GetAuthenticationUrlCommand,
  CancelParticipantAuthentication: Participant.CancelParticipantAuthenticationCommand,
} as const satisfies Record<Operation, unknown>

/** `@aws-sdk/client-connectparticipant`, as it comes, with pretended keys to sign with. */
export const sdkV3: ClientKind = {
  name: 'aws-sdk v3',
  lacks: new Set(),
  open: (person) => new SdkClient(sdkFor, person),
  impatient: (client, timeoutMs) => SdkClient.impatient(client, timeoutMs),
}

function sdkFor(endpoint: string, timeoutMs?: number): Sdk {
  const client = new Participant.ConnectParticipantClient({
    endpoint,
    region: 'us-west-2',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    ...(timeoutMs !== undefined && {
      requestHandler: { requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    }),
  })
  return {
    call: (operation, input) => {
      const Command = commands[operation] as new (input: object) => Participant.SendMessageCommand
      return client.send(new Command(input))
    },
    troubleOf,
    close: () => client.destroy(),
  }
}

function troubleOf(error: unknown): Trouble {
  const { name, message, code, $metadata } = error as Error & {
    code?: string
    $metadata?: { httpStatusCode?: number }
  }
  return { name: code === undefined ? name : `${name} (${code})`, message, status: $metadata?.httpStatusCode }
}
