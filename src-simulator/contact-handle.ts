import { z } from 'zod'
import type { OfferNotice } from './control/offers.ts'
import type { EventOutcome, EventSpec } from './control/service-events.ts'
import { happen } from './control/service-events.ts'
import type { SuperviseSpec } from './control/supervision.ts'
import { supervise } from './control/supervision.ts'
import type { TemplateType } from './control/template-samples.ts'
import { templateMessage } from './control/template-samples.ts'
import type { Truth } from './control/truth.ts'
import { truthOf } from './control/truth.ts'
import type { Attachment } from './room/attachment.ts'
import { awaited } from './room/attachment.ts'
import type { ContactRoom } from './room/contact-room.ts'
import { contentTypes } from './room/content-types.ts'
import type { Participant } from './room/participant.ts'
import { authorOf } from './room/participant.ts'
import type { Draft, TranscriptItem } from './room/transcript-item.ts'
import { passVerdict, settleVerdict } from './service/verdict.ts'
import type { ViewSpec } from './service/view-shelf.ts'
import type { World } from './world.ts'

export const SaySpec = z.strictObject({
  text: z.string().optional(),
  texts: z.array(z.string()).optional(),
  contentType: z.string().default(contentTypes.plain),
  /** Who speaks. Default: the customer. SYSTEM speaks as BOT. */
  role: z.enum(['CUSTOMER', 'SYSTEM', 'AGENT', 'SUPERVISOR', 'CUSTOM_BOT']).default('CUSTOMER'),
  displayName: z.string().optional(),
})

export type Speaking = Readonly<Omit<z.input<typeof SaySpec>, 'text' | 'texts'>> & {
  /** Milliseconds since 1970; later than the item before in any case. */
  readonly at?: number
}

/** What fills the places of a guide's template, and when it is shown. */
export type Showing = Readonly<{ data?: Readonly<Record<string, unknown>> | undefined; at?: number }>

export const AttachSpec = z.strictObject({
  name: z.string().min(1).max(256),
  contentType: z.string().min(1),
  bytesBase64: z.base64(),
  status: z.enum(['IN_PROGRESS', 'APPROVED', 'REJECTED']).optional(),
})

export type FileSpec = Readonly<Omit<z.input<typeof AttachSpec>, 'bytesBase64'> & { bytes: Uint8Array }>

export type Credentials = Readonly<{ participantId: string; participantToken: string }>

/** One contact as a test or a story steers it: what the customer does, what the service does, what is true. */
export class ContactHandle {
  readonly room: ContactRoom
  readonly #world: World

  constructor(world: World, room: ContactRoom) {
    this.#world = world
    this.room = room
  }

  /** The current contact; another one after a transfer. */
  get contactId(): string {
    return this.room.contactId
  }

  get initialContactId(): string {
    return this.room.initialContactId
  }

  get customerName(): string {
    return this.room.spec.customerName
  }

  get hasEnded(): boolean {
    return this.room.endedAt !== undefined
  }

  /** The agent in charge; a new one after a missed offer or a transfer. */
  get agent(): Credentials {
    const agent =
      this.room.participantAs('AGENT') ?? this.room.admit('AGENT', this.#world.switches.now.agentDisplayName)
    return credentialsOf(agent)
  }

  get customer(): Credentials {
    return credentialsOf(this.#customer)
  }

  get sockets(): number {
    return this.#world.hub.agentSocketsOf(this.room)
  }

  /** Returns the id of the message. */
  say(text: string, as: Speaking = {}): string {
    return this.room.post(this.#message(text, as), as.at === undefined ? {} : { at: as.at }).Id
  }

  /** Many messages at once, in order; returns their ids. */
  sayAll(texts: readonly string[], as: Speaking = {}): readonly string[] {
    return this.room.postMany(texts.map((text) => this.#message(text, as))).map((item) => item.Id)
  }

  event(spec: EventSpec): EventOutcome {
    return happen(this.#world, this.room, spec)
  }

  /** An interactive message by the name of its template; returns its id. */
  template(templateType: TemplateType, data?: unknown): string {
    return this.say(templateMessage(templateType, data), {
      contentType: contentTypes.interactive,
      role: 'SYSTEM',
    })
  }

  supervise(spec: SuperviseSpec): Credentials {
    return credentialsOf(supervise(this.#world, this.room, spec))
  }

  type(): void {
    this.event({ contentType: contentTypes.typing })
  }

  /** The customer reports a message as received or read. */
  acknowledge(kind: 'delivered' | 'read', messageId: string): void {
    this.event({ contentType: contentTypes[kind], content: JSON.stringify({ messageId }) })
  }

  /** The customer sends a file. Returns the ids of the file and, once it is out, of its item. */
  attach(file: FileSpec): { id: string; attachmentId: string } {
    const customer = this.#customer
    const bytes = Buffer.from(file.bytes)
    const promised = {
      id: this.#world.mint.id(),
      name: file.name,
      contentType: file.contentType,
      size: bytes.length,
      ownerId: customer.id,
      key: `${this.initialContactId}/${this.#world.mint.id()}`,
      headersToInclude: {},
    }
    const attachment: Attachment = { ...awaited(promised), bytes, puts: 1, completes: 1, completedUnder: '' }
    this.room.attachments.set(attachment.id, attachment)
    const shared = { attachment, author: authorOf(customer), verdict: file.status }
    return { id: settleVerdict(this.#world, this.room, shared), attachmentId: attachment.id }
  }

  /** The scanner's verdict on a file that was left in progress. */
  judge(attachmentId: string, verdict: 'APPROVED' | 'REJECTED'): void {
    const attachment = this.room.attachments.get(attachmentId)
    if (attachment) passVerdict(this.#world, this.room, { attachment, verdict })
  }

  /** Shows a step-by-step guide; returns the message and the token that DescribeView takes. */
  show(view: ViewSpec, shown: Showing = {}): { id: string; viewToken: string } {
    const viewToken = this.#world.views.add(view)
    const content = { viewId: view.Id, viewData: shown.data ?? {}, viewToken }
    const message = JSON.stringify({ templateType: 'ViewResource', version: '1.0', data: { content } })
    const speaking = { contentType: contentTypes.interactive, role: 'SYSTEM', ...at(shown) } as const
    return { id: this.say(message, speaking), viewToken }
  }

  /** The chat ends; by default because the customer leaves, and now. */
  end(by: 'customer' | 'agent' | 'system' = 'customer', at?: number): void {
    const roles = { customer: 'CUSTOMER', agent: 'AGENT', system: undefined } as const
    const role = roles[by]
    this.room.end(role && this.room.participantAs(role), at)
  }

  /** Puts the contact on the feed; takes back an offer that is still open. */
  offer(seconds?: number): OfferNotice {
    this.withdraw()
    const { participantId } = this.agent
    const agent = this.room.participants.find((one) => one.id === participantId) ?? this.#customer
    return this.#world.offers.offer(this.room, agent, seconds)
  }

  withdraw(): void {
    this.#world.offers.withdraw(this.room)
  }

  onItem(listener: (item: TranscriptItem) => void): () => void {
    return this.room.onItem(listener)
  }

  truth(options: { readonly bytes?: boolean } = {}): Truth {
    return truthOf(this.#world, this.room, options)
  }

  get #customer(): Participant {
    return this.room.participantAs('CUSTOMER') ?? this.room.admit('CUSTOMER', this.customerName)
  }

  #message(text: string, { contentType, role = 'CUSTOMER', displayName }: Speaking): Draft {
    const author =
      role === 'CUSTOMER' || role === 'AGENT'
        ? authorOf(this.room.participantAs(role) ?? this.#customer)
        : { DisplayName: displayName ?? (role === 'SYSTEM' ? 'BOT' : role), ParticipantRole: role }
    return { Type: 'MESSAGE', ContentType: contentType ?? contentTypes.plain, Content: text, ...author }
  }
}

const at = ({ at: when }: Showing): { at?: number } => (when === undefined ? {} : { at: when })

const credentialsOf = ({ id, token }: Participant): Credentials => ({
  participantId: id,
  participantToken: token,
})
