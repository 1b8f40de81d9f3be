import { isoTime } from '../clock.ts'
import type { Handler } from './handlers.ts'
import { requests } from './requests.ts'
import { invalid } from './service-error.ts'
import { readRequest } from './validation.ts'

export const createConnection: Handler = ({ world, grant, body }) => {
  const { Type = [], ConnectParticipant = false } = readRequest(requests.CreateParticipantConnection, body)
  const { room, participant } = grant
  const scope = { contactIds: room.contactIds, operation: 'CreateParticipantConnection' } as const
  const asksForSocket = participant.role === 'AGENT' && Type.includes('WEBSOCKET')
  if (asksForSocket && world.faults.take('refuse-agent-sockets', scope))
    throw invalid('WEBSOCKET is not available for this participant.')
  const isLeftOut = asksForSocket && world.faults.take('omit-agent-sockets', scope) !== undefined
  if (ConnectParticipant) room.join(participant)
  return {
    ...(Type.includes('WEBSOCKET') && !isLeftOut && { Websocket: socketFor(world, grant) }),
    ...(Type.includes('CONNECTION_CREDENTIALS') && { ConnectionCredentials: credentialsFor(world, grant) }),
    ...(Type.includes('WEBRTC_CONNECTION') && { WebRTCConnection: meetingFor(world, grant) }),
  }
}

export const disconnect: Handler = ({ world, grant, body }) => {
  const { ClientToken } = readRequest(requests.DisconnectParticipant, body)
  const { room, participant } = grant
  const { agentExitEndsChat, customerExitEndsChat } = world.switches.now
  const endsChat =
    (participant.role === 'AGENT' && agentExitEndsChat) ||
    (participant.role === 'CUSTOMER' && customerExitEndsChat)
  room.clientTokens.once({ scope: `${participant.id} DisconnectParticipant`, token: ClientToken }, () => {
    if (endsChat) room.end(participant)
    else room.leave(participant)
  })
  return {}
}

const socketFor: (...call: Parameters<typeof credentialsFor>) => object = (world, { room, participant }) => {
  const { query, connectionEndsAt } = world.tickets.issue(room, participant)
  return { Url: `${world.address.ws}/socket?${query}`, ConnectionExpiry: isoTime(connectionEndsAt) }
}

function credentialsFor(
  world: Parameters<Handler>[0]['world'],
  { room, participant }: Parameters<Handler>[0]['grant'],
): object {
  const { token, expiresAt } = world.directory.issueConnectionToken(room, participant)
  return { ConnectionToken: token, Expiry: isoTime(expiresAt) }
}

/** The shape of a voice and video meeting; nothing listens behind it. */
const meetingFor: typeof credentialsFor = (world, { participant }) => {
  const host = 'https://chime.invalid'
  return {
    Attendee: { AttendeeId: participant.id, JoinToken: world.mint.token('CT') },
    Meeting: {
      MediaPlacement: {
        AudioHostUrl: host,
        AudioFallbackUrl: `${host}/fallback`,
        SignalingUrl: `${host}/signal`,
        EventIngestionUrl: `${host}/events`,
      },
      MeetingFeatures: { Audio: { EchoReduction: 'AVAILABLE' } },
      MeetingId: world.mint.id(),
    },
  }
}
