import type { TranscriptItem } from '../../room/transcript-item.ts'
import type { Operation } from '../../service/operations.ts'
import { TestSocket } from '../../testing/chat-client.ts'
import type { FileToSend, Input, Output, ParticipantClient, Person, Trouble } from './participant-client.ts'
import { credentialsOf } from './participant-client.ts'

/** One of the two SDKs, reduced to the call. The token is in the input under the name the SDK gives it. */
export type Sdk = Readonly<{
  call(operation: Operation, input: object): Promise<unknown>
  troubleOf(error: unknown): Trouble
  close(): void
}>

export type MakeSdk = (endpoint: string, timeoutMs?: number) => Sdk

/** A chat on top of an SDK, which itself knows nothing of websockets or storage. */
export class SdkClient implements ParticipantClient {
  readonly #makeSdk: MakeSdk
  readonly #person: Person
  readonly #sdk: Sdk
  #connectionToken: string | undefined
  #socketUrl: string | undefined
  readonly #sockets: TestSocket[] = []

  constructor(makeSdk: MakeSdk, person: Person, timeoutMs?: number) {
    this.#makeSdk = makeSdk
    this.#person = person
    this.#sdk = makeSdk(person.simulator.endpoint, timeoutMs)
  }

  static impatient(client: ParticipantClient, timeoutMs: number): SdkClient {
    if (!(client instanceof SdkClient)) throw new Error('Not a client of an SDK')
    const impatient = new SdkClient(client.#makeSdk, client.#person, timeoutMs)
    impatient.#connectionToken = client.#connectionToken
    return impatient
  }

  get items(): readonly TranscriptItem[] {
    return this.#sockets.flatMap((socket) => [...socket.items])
  }

  get sockets(): readonly TestSocket[] {
    return this.#sockets
  }

  /** Again after a socket was lost: a new token, a new socket, a new subscription. */
  async connect(): Promise<void> {
    await this.perform('CreateParticipantConnection', {
      Type: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'],
      ...(this.#person.role === 'AGENT' && { ConnectParticipant: true }),
    })
    this.#sockets.push(await TestSocket.subscribed(this.#socketUrl ?? ''))
  }

  async perform<Name extends Operation>(operation: Name, input: Input<Name>): Promise<Output<Name>> {
    const token =
      operation === 'CreateParticipantConnection'
        ? { ParticipantToken: credentialsOf(this.#person).participantToken }
        : { ConnectionToken: this.#connectionToken }
    const output = (await this.#sdk.call(operation, { ...input, ...token })) as Output<Name>
    this.#remember(output)
    return output
  }

  async attach({ name, type, bytes }: FileToSend): Promise<void> {
    const { AttachmentId, UploadMetadata } = await this.perform('StartAttachmentUpload', {
      ContentType: type,
      AttachmentName: name,
      AttachmentSizeInBytes: bytes.length,
      ClientToken: undefined,
    })
    const put = await fetch(UploadMetadata?.Url ?? '', {
      method: 'PUT',
      headers: UploadMetadata?.HeadersToInclude ?? {},
      body: bytes,
    })
    if (!put.ok) throw new Error(`The upload was answered with ${put.status}`)
    await this.perform('CompleteAttachmentUpload', {
      AttachmentIds: [AttachmentId ?? ''],
      ClientToken: undefined,
    })
  }

  async download(attachmentId: string): Promise<Uint8Array> {
    const { Url } = await this.perform('GetAttachment', { AttachmentId: attachmentId })
    const response = await fetch(Url ?? '')
    if (!response.ok) throw new Error(`The download was answered with ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }

  troubleOf(error: unknown): Trouble {
    return this.#sdk.troubleOf(error)
  }

  async until(isSo: () => boolean): Promise<void> {
    await this.#sockets.at(-1)?.until(isSo)
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
    this.#sdk.close()
  }

  #remember(output: unknown): void {
    const { ConnectionCredentials, Websocket } = output as Output<'CreateParticipantConnection'>
    this.#connectionToken = ConnectionCredentials?.ConnectionToken ?? this.#connectionToken
    this.#socketUrl = Websocket?.Url ?? this.#socketUrl
  }
}
