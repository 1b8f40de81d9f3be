import {
  CompleteAttachmentUploadCommand,
  ConnectParticipantClient,
  CreateParticipantConnectionCommand,
  DescribeViewCommand,
  DisconnectParticipantCommand,
  GetAttachmentCommand,
  GetTranscriptCommand,
  SendEventCommand,
  SendMessageCommand,
  StartAttachmentUploadCommand,
} from '@aws-sdk/client-connectparticipant'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { TestSocket } from '../testing/chat-client.ts'

let sim: Simulator
let contact: ContactHandle
let client: ConnectParticipantClient
let ConnectionToken: string
let socket: TestSocket
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara Okafor' })
  client = new ConnectParticipantClient({
    endpoint: sim.endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
    signer: { sign: (request) => Promise.resolve(request) },
  })
  const { Websocket, ConnectionCredentials } = await client.send(
    new CreateParticipantConnectionCommand({
      ParticipantToken: contact.agent.participantToken,
      Type: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'],
      ConnectParticipant: true,
    }),
  )
  ConnectionToken = ConnectionCredentials?.ConnectionToken ?? ''
  socket = await TestSocket.subscribed(Websocket?.Url ?? '')
})
afterEach(async () => {
  client.destroy()
  await sim.close()
})

describe('Amazon’s own SDK, unsigned', () => {
  it('talks, reads and leaves', async () => {
    const sent = await client.send(
      new SendMessageCommand({ ConnectionToken, ContentType: 'text/plain', Content: 'Good morning, Amara' }),
    )
    contact.say('Good morning')
    await client.send(
      new SendEventCommand({
        ConnectionToken,
        ContentType: 'application/vnd.amazonaws.connect.event.typing',
      }),
    )
    await socket.until(() => socket.texts.length === 2)
    const page = await client.send(
      new GetTranscriptCommand({
        ConnectionToken,
        StartPosition: {},
        SortOrder: 'ASCENDING',
        MaxResults: 15,
      }),
    )
    await client.send(new DisconnectParticipantCommand({ ConnectionToken }))

    expect(page.Transcript?.filter((item) => item.Type === 'MESSAGE').map((item) => item.Id)).toEqual([
      sent.Id,
      socket.items.find((item) => item.Content === 'Good morning')?.Id,
    ])
    expect(page.InitialContactId).toBe(contact.initialContactId)
    await expect(socket.closed).resolves.toBe(1000)
  })

  it('uploads a file and fetches it again', async () => {
    const file = Buffer.from('%PDF-1.4 a guide')
    const { AttachmentId, UploadMetadata } = await client.send(
      new StartAttachmentUploadCommand({
        ConnectionToken,
        AttachmentName: 'guide.pdf',
        ContentType: 'application/pdf',
        AttachmentSizeInBytes: file.length,
        ClientToken: 'start',
      }),
    )
    const stored = await fetch(UploadMetadata?.Url ?? '', {
      method: 'PUT',
      headers: UploadMetadata?.HeadersToInclude ?? {},
      body: file,
    })
    await client.send(
      new CompleteAttachmentUploadCommand({
        ConnectionToken,
        AttachmentIds: [AttachmentId ?? ''],
        ClientToken: 'complete',
      }),
    )
    const fetched = await client.send(new GetAttachmentCommand({ ConnectionToken, AttachmentId }))
    const bytes = await (await fetch(fetched.Url ?? '')).arrayBuffer()

    expect(stored.status).toBe(200)
    expect(Buffer.from(bytes)).toEqual(file)
    expect(fetched.AttachmentSizeInBytes).toBe(file.length)
  })

  it('repeats a lost reply by itself and is answered once', async () => {
    sim.faults.add({ kind: 'lose-response', operation: 'SendMessage' })

    await client.send(new SendMessageCommand({ ConnectionToken, ContentType: 'text/plain', Content: 'Once' }))

    expect(contact.truth().transcript.filter((item) => item.Content === 'Once')).toHaveLength(1)
    expect(Object.values(contact.truth().clientTokens)).toEqual([1])
  })

  it.each(['header', 'header-with-url', 'body'] as const)(
    'knows a refusal whose name is in the %s',
    async (form) => {
      sim.set({ errorTypeForm: form })

      const message = client.send(
        new SendMessageCommand({ ConnectionToken, ContentType: 'text/html', Content: 'x' }),
      )
      const view = client.send(new DescribeViewCommand({ ConnectionToken, ViewToken: 'a/b' }))

      await expect(message).rejects.toMatchObject({
        name: 'ValidationException',
        $metadata: { httpStatusCode: 400 },
      })
      await expect(view).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceId: 'a/b' })
    },
  )
})
