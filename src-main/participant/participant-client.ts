import type { Clock } from '../chat/clock.ts'
import { Secret } from '../vault/secret.ts'
import type { ClientOptions } from './client-options.ts'
import type * as api from './participant-api.ts'
import { accepted, incomplete, startPosition, transcriptPage } from './participant-client-answers.ts'
import { checkEvent, checkFile, checkMessage } from './participant-client-limits.ts'
import { SdkTransport } from './participant-client-sdk.ts'
import { serviceWords as words } from './service-words.ts'
import { putFile } from './storage-transfer.ts'

/** The service through Amazon's own SDK. */
export class ParticipantClient implements api.ParticipantApi {
  readonly #options: ClientOptions
  readonly #transport: SdkTransport

  constructor(options: ClientOptions, clock: Clock) {
    this.#options = options
    this.#transport = new SdkTransport(options, clock)
  }

  createConnection(
    token: Secret,
    wanted: api.WantedConnection,
    call?: api.Call,
  ): Promise<api.ConnectionDetails> {
    return this.#transport.run(words.connection, call, async (client, sdk, options) => {
      const command = new sdk.CreateParticipantConnectionCommand({
        ParticipantToken: token.reveal(),
        ...(wanted.types.length > 0 && { Type: [...wanted.types] }),
        ...(wanted.connectParticipant && { ConnectParticipant: true }),
      })
      const output = await client.send(command, options)
      const { Websocket: socket, ConnectionCredentials: credentials } = output
      const at = this.#transport.raw(output).date
      return {
        socket: socket?.Url
          ? { url: new Secret(socket.Url), lifetime: this.#transport.lifetime(socket.ConnectionExpiry, at) }
          : null,
        credentials: credentials?.ConnectionToken
          ? {
              token: new Secret(credentials.ConnectionToken),
              lifetime: this.#transport.lifetime(credentials.Expiry, at),
            }
          : null,
        at,
      }
    })
  }

  async disconnect(token: Secret, clientToken: string, call?: api.Call): Promise<void> {
    await this.#transport.run(words.disconnect, call, (client, sdk, options) =>
      client.send(
        new sdk.DisconnectParticipantCommand({ ConnectionToken: token.reveal(), ClientToken: clientToken }),
        options,
      ),
    )
  }

  sendMessage(token: Secret, message: api.WireMessage, call?: api.Call): Promise<api.Accepted> {
    return this.#transport.run(words.message, call, async (client, sdk, options) => {
      const { validateStrictly, messageCharacters } = this.#options
      if (validateStrictly) checkMessage(message, messageCharacters)
      const command = new sdk.SendMessageCommand({
        ConnectionToken: token.reveal(),
        ContentType: message.contentType,
        Content: message.content,
        ClientToken: message.clientToken,
      })
      return accepted(await client.send(command, options))
    })
  }

  sendEvent(token: Secret, event: api.WireEvent, call?: api.Call): Promise<api.Accepted> {
    return this.#transport.run(words.event, call, async (client, sdk, options) => {
      if (this.#options.validateStrictly) checkEvent(event)
      const command = new sdk.SendEventCommand({
        ConnectionToken: token.reveal(),
        ContentType: event.contentType,
        ...(event.content !== undefined && { Content: event.content }),
        ClientToken: event.clientToken,
      })
      return accepted(await client.send(command, options))
    })
  }

  getTranscript(token: Secret, query: api.TranscriptQuery, call?: api.Call): Promise<api.TranscriptPage> {
    return this.#transport.run(words.transcript, call, async (client, sdk, options) => {
      const command = new sdk.GetTranscriptCommand({
        ConnectionToken: token.reveal(),
        ScanDirection: query.direction,
        SortOrder: query.order,
        MaxResults: query.maxResults,
        ...(query.start !== undefined && { StartPosition: startPosition(query.start) }),
        ...(query.nextToken !== undefined && { NextToken: query.nextToken }),
        ...(query.contactId !== undefined && { ContactId: query.contactId }),
      })
      return transcriptPage(this.#transport.raw(await client.send(command, options)))
    })
  }

  startAttachmentUpload(token: Secret, file: api.WireFile, call?: api.Call): Promise<api.UploadTicket> {
    return this.#transport.run(words['upload-start'], call, async (client, sdk, options) => {
      if (this.#options.validateStrictly) checkFile(file)
      const command = new sdk.StartAttachmentUploadCommand({
        ConnectionToken: token.reveal(),
        ContentType: file.contentType,
        AttachmentSizeInBytes: file.bytes,
        AttachmentName: file.name,
        ClientToken: file.clientToken,
      })
      const output = await client.send(command, options)
      const { AttachmentId: attachmentId, UploadMetadata: upload } = output
      if (!attachmentId || !upload?.Url) throw incomplete()
      return {
        attachmentId,
        url: new Secret(upload.Url),
        lifetime: this.#transport.lifetime(upload.UrlExpiry, this.#transport.raw(output).date),
        headers: { ...upload.HeadersToInclude },
      }
    })
  }

  storeFile(ticket: api.UploadTicket, file: api.OutgoingFile, call?: api.Call): Promise<void> {
    const { http, https } = this.#transport.agents()
    return putFile({ ticket, file, agents: { http, https }, endpoint: this.#options.endpoint, ...call })
  }

  async completeAttachmentUpload(
    token: Secret,
    completion: api.UploadCompletion,
    call?: api.Call,
  ): Promise<void> {
    await this.#transport.run(words['upload-complete'], call, (client, sdk, options) =>
      client.send(
        new sdk.CompleteAttachmentUploadCommand({
          ConnectionToken: token.reveal(),
          AttachmentIds: [completion.attachmentId],
          ClientToken: completion.clientToken,
        }),
        options,
      ),
    )
  }

  getAttachment(token: Secret, attachmentId: string, call?: api.Call): Promise<api.AttachmentLocation> {
    return this.#transport.run(words.attachment, call, async (client, sdk, options) => {
      const command = new sdk.GetAttachmentCommand({
        ConnectionToken: token.reveal(),
        AttachmentId: attachmentId,
      })
      const located = await client.send(command, options)
      if (!located.Url) throw incomplete()
      return {
        url: new Secret(located.Url),
        lifetime: this.#transport.lifetime(located.UrlExpiry, this.#transport.raw(located).date),
        bytes: located.AttachmentSizeInBytes ?? 0,
      }
    })
  }

  describeView(token: Secret, viewToken: string, call?: api.Call): Promise<api.View> {
    return this.#transport.run(words.view, call, async (client, sdk, options) => {
      const command = new sdk.DescribeViewCommand({ ConnectionToken: token.reveal(), ViewToken: viewToken })
      const { View: view } = await client.send(command, options)
      return {
        name: view?.Name ?? '',
        inputSchema: view?.Content?.InputSchema ?? '',
        template: view?.Content?.Template ?? '',
        actions: view?.Content?.Actions ?? [],
      }
    })
  }

  getAuthenticationUrl(token: Secret, request: api.AuthenticationRequest, call?: api.Call): Promise<Secret> {
    return this.#transport.run(words['sign-in'], call, async (client, sdk, options) => {
      const command = new sdk.GetAuthenticationUrlCommand({
        ConnectionToken: token.reveal(),
        SessionId: request.sessionId,
        RedirectUri: request.redirectUrl,
      })
      const { AuthenticationUrl: url } = await client.send(command, options)
      if (!url) throw incomplete()
      return new Secret(url)
    })
  }

  async cancelAuthentication(token: Secret, sessionId: string, call?: api.Call): Promise<void> {
    await this.#transport.run(words['sign-in'], call, (client, sdk, options) =>
      client.send(
        new sdk.CancelParticipantAuthenticationCommand({
          ConnectionToken: token.reveal(),
          SessionId: sessionId,
        }),
        options,
      ),
    )
  }

  dropIdleConnections(): void {
    this.#transport.dropIdleConnections()
  }
}
