import type { Secret } from '../vault/secret.ts'
import { typingType } from './content-types.ts'
import type * as api from './participant-api.ts'
import type { Operation, RateScheduler, Urgency } from './rate-scheduler.ts'
import { ServiceError } from './service-error.ts'

interface Turn {
  readonly operation: Operation
  readonly urgency: Urgency
}

/**
 * The service as one chat may use it: every call waits its turn within the instance's rates, and every 429 is
 * learned from. Nothing is retried here, so whoever retries always knows how long it took.
 */
export class PacedParticipantApi implements api.ParticipantApi {
  readonly #api: api.ParticipantApi
  readonly #scheduler: RateScheduler
  readonly #isActive: () => boolean

  constructor(service: api.ParticipantApi, scheduler: RateScheduler, isActive: () => boolean) {
    this.#api = service
    this.#scheduler = scheduler
    this.#isActive = isActive
  }

  createConnection(
    token: Secret,
    wanted: api.WantedConnection,
    call?: api.Call,
  ): Promise<api.ConnectionDetails> {
    return this.#pace({ operation: 'connection', urgency: this.#chat() }, call, () =>
      this.#api.createConnection(token, wanted, call),
    )
  }

  disconnect(token: Secret, clientToken: string, call?: api.Call): Promise<void> {
    return this.#pace({ operation: 'disconnect', urgency: 'send' }, call, () =>
      this.#api.disconnect(token, clientToken, call),
    )
  }

  sendMessage(token: Secret, message: api.WireMessage, call?: api.Call): Promise<api.Accepted> {
    return this.#pace({ operation: 'message', urgency: 'send' }, call, () =>
      this.#api.sendMessage(token, message, call),
    )
  }

  sendEvent(token: Secret, event: api.WireEvent, call?: api.Call): Promise<api.Accepted> {
    if (event.contentType !== typingType) {
      return this.#pace({ operation: 'event', urgency: 'receipt' }, call, () =>
        this.#api.sendEvent(token, event, call),
      )
    }
    if (!this.#scheduler.tryTake('event')) {
      return Promise.reject(new ServiceError('throttled', 'The typing sign was left out.'))
    }
    return this.#learn('event', () => this.#api.sendEvent(token, event, call))
  }

  getTranscript(token: Secret, query: api.TranscriptQuery, call?: api.Call): Promise<api.TranscriptPage> {
    return this.#pace({ operation: 'transcript', urgency: this.#chat() }, call, () =>
      this.#api.getTranscript(token, query, call),
    )
  }

  startAttachmentUpload(token: Secret, file: api.WireFile, call?: api.Call): Promise<api.UploadTicket> {
    return this.#pace({ operation: 'upload-start', urgency: this.#chat() }, call, () =>
      this.#api.startAttachmentUpload(token, file, call),
    )
  }

  storeFile(ticket: api.UploadTicket, file: api.OutgoingFile, call?: api.Call): Promise<void> {
    return this.#api.storeFile(ticket, file, call)
  }

  completeAttachmentUpload(token: Secret, completion: api.UploadCompletion, call?: api.Call): Promise<void> {
    return this.#pace({ operation: 'upload-complete', urgency: this.#chat() }, call, () =>
      this.#api.completeAttachmentUpload(token, completion, call),
    )
  }

  getAttachment(token: Secret, attachmentId: string, call?: api.Call): Promise<api.AttachmentLocation> {
    return this.#pace({ operation: 'attachment', urgency: this.#chat() }, call, () =>
      this.#api.getAttachment(token, attachmentId, call),
    )
  }

  describeView(token: Secret, viewToken: string, call?: api.Call): Promise<api.View> {
    return this.#pace({ operation: 'other', urgency: this.#chat() }, call, () =>
      this.#api.describeView(token, viewToken, call),
    )
  }

  getAuthenticationUrl(token: Secret, request: api.AuthenticationRequest, call?: api.Call): Promise<Secret> {
    return this.#pace({ operation: 'other', urgency: this.#chat() }, call, () =>
      this.#api.getAuthenticationUrl(token, request, call),
    )
  }

  cancelAuthentication(token: Secret, sessionId: string, call?: api.Call): Promise<void> {
    return this.#pace({ operation: 'other', urgency: this.#chat() }, call, () =>
      this.#api.cancelAuthentication(token, sessionId, call),
    )
  }

  dropIdleConnections(): void {
    this.#api.dropIdleConnections()
  }

  #chat(): Urgency {
    return this.#isActive() ? 'active-chat' : 'other-chat'
  }

  async #pace<T>(turn: Turn, call: api.Call | undefined, run: () => Promise<T>): Promise<T> {
    await this.#scheduler.take(turn.operation, turn.urgency, call?.signal)
    call?.leaving?.()
    return this.#learn(turn.operation, run)
  }

  async #learn<T>(operation: Operation, run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      if (error instanceof ServiceError && error.failure.code === 'throttled') {
        this.#scheduler.refused(operation, error.retryAfter)
      }
      throw error
    }
  }
}
