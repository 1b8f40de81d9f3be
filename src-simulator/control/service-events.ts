import { z } from 'zod'
import type { ContactRoom } from '../room/contact-room.ts'
import { contentTypes, persistedEvents } from '../room/content-types.ts'
import type { Participant } from '../room/participant.ts'
import { authorOf } from '../room/participant.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import { acknowledge, type } from '../service/message-routes.ts'
import type { World } from '../world.ts'

const Role = z.enum(['AGENT', 'CUSTOMER', 'SYSTEM', 'CUSTOM_BOT', 'SUPERVISOR'])

export const EventSpec = z.strictObject({
  contentType: z.string().min(1),
  content: z.string().optional(),
  /** Whose event it is. Default: the customer, and for an arrival a second agent. */
  role: Role.optional(),
  displayName: z.string().min(1).optional(),
  /** Of a bot chunk. Without a MessageId the first chunk makes one. */
  messageMetadata: z
    .strictObject({
      MessageId: z.string().optional(),
      MessageCompleted: z.boolean(),
      ChunkNumber: z.number().int().optional(),
    })
    .optional(),
})

export type EventSpec = Readonly<z.input<typeof EventSpec>>

/** The new agent or guest, when an event brought one in. */
export type EventOutcome = Readonly<{
  id: string
  contactId: string
  newcomer?: Readonly<{ participantId: string; participantToken: string }>
  sessionId?: string
}>

type Scene = Readonly<{ world: World; room: ContactRoom; spec: z.output<typeof EventSpec> }>

/** Makes a service event happen, with its consequences: who comes, who goes, what is kept. */
export function happen(world: World, room: ContactRoom, given: EventSpec): EventOutcome {
  const spec = EventSpec.parse(given)
  const scene = { world, room, spec }
  if (spec.messageMetadata) return outcome(scene, chunk(scene))
  switch (spec.contentType) {
    case contentTypes.joined:
      return arrive(scene)
    case contentTypes.left:
      return outcome(scene, room.leave(person(scene)))
    case contentTypes.ended:
      return outcome(scene, room.end())
    case contentTypes.transferSucceeded:
      return transfer(scene)
    case contentTypes.typing:
      return outcome(scene, type(world, { kind: 'connection', room, participant: person(scene) }))
    case contentTypes.delivered:
    case contentTypes.read:
      return outcome(scene, receipt(scene))
    case contentTypes.displayNameUpdated:
      return outcome(scene, rename(scene))
    case contentTypes.authenticationInitiated:
      return authenticate(scene)
    default:
      return outcome(scene, plain(scene))
  }
}

function plain({ room, spec }: Scene): TranscriptItem {
  const by = spec.role === undefined ? room.participantAs('CUSTOMER') : room.participantAs(spec.role)
  return room.postEvent(spec.contentType, {
    by,
    content: spec.content,
    stored: persistedEvents.has(spec.contentType),
  })
}

function person({ room, spec }: Scene): Participant {
  const role = spec.role ?? 'CUSTOMER'
  return room.participantAs(role) ?? room.admit(role, spec.displayName ?? role)
}

function arrive(scene: Scene): EventOutcome {
  const { room, spec, world } = scene
  const name = spec.displayName ?? world.switches.now.agentDisplayName
  const newcomer = room.admit(spec.role ?? 'AGENT', name)
  return { ...outcome(scene, room.join(newcomer)), newcomer: credentials(newcomer) }
}

function transfer(scene: Scene): EventOutcome {
  const { room, spec, world } = scene
  const from = room.participantAs('AGENT') ?? room.admit('AGENT', world.switches.now.agentDisplayName)
  const { event, agent } = room.transfer(from, spec.displayName ?? 'Specialist')
  world.directory.add(room)
  return { ...outcome(scene, event), newcomer: credentials(agent) }
}

function receipt(scene: Scene): TranscriptItem {
  const { world, room, spec } = scene
  const { messageId } = z.object({ messageId: z.string() }).parse(JSON.parse(spec.content ?? '{}'))
  const kind = spec.contentType === contentTypes.read ? 'read' : 'delivered'
  return acknowledge(world, { kind: 'connection', room, participant: person(scene) }, { kind, messageId })
}

function rename(scene: Scene): TranscriptItem {
  const participant = person(scene)
  participant.displayName = scene.spec.displayName ?? scene.spec.content ?? participant.displayName
  return scene.room.postEvent(contentTypes.displayNameUpdated, {
    by: participant,
    content: scene.spec.content,
    stored: false,
  })
}

function authenticate(scene: Scene): EventOutcome {
  const { world, room, spec } = scene
  const sessionId = world.mint.id()
  world.sessions.open({ id: sessionId, contactId: room.contactId, startedAt: world.clock.now() })
  const content = spec.content ?? JSON.stringify({ SessionId: sessionId })
  const event = room.postEvent(contentTypes.authenticationInitiated, {
    by: room.participantAs('CUSTOMER'),
    content,
    stored: false,
  })
  return { ...outcome(scene, event), sessionId }
}

/** Pieces go out as they come; the transcript holds one message that grows, and in the end is replaced. */
function chunk({ room, spec, world }: Scene): TranscriptItem {
  const { MessageId = world.mint.id(), MessageCompleted = true, ChunkNumber = 1 } = spec.messageMetadata ?? {}
  const metadata = { MessageId, MessageCompleted, ChunkNumber }
  const piece = spec.content ?? ''
  const known = room.log.find(MessageId)
  if (!known) {
    const author = { DisplayName: spec.displayName ?? 'BOT', ParticipantRole: spec.role ?? 'SYSTEM' } as const
    const draft = { Type: 'MESSAGE', ContentType: spec.contentType, Content: piece, ...author } as const
    return room.post({ ...draft, Id: MessageId, MessageMetadata: metadata })
  }
  const whole = MessageCompleted ? piece : (known.Content ?? '') + piece
  room.log.change(MessageId, { Content: whole, MessageMetadata: metadata })
  const frame = { ...known, AbsoluteTime: room.nextTime(), Content: piece, MessageMetadata: metadata }
  room.publish(frame)
  return frame
}

const outcome = ({ room }: Scene, item: TranscriptItem | undefined): EventOutcome => ({
  id: item?.Id ?? '',
  contactId: room.contactId,
})

const credentials = (participant: Participant): { participantId: string; participantToken: string } => ({
  participantId: authorOf(participant).ParticipantId ?? participant.id,
  participantToken: participant.token,
})
