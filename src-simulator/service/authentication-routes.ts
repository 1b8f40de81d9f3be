import { contentTypes } from '../room/content-types.ts'
import type { World } from '../world.ts'
import type { Handler } from './handlers.ts'
import { requests } from './requests.ts'
import { accessDenied, invalid } from './service-error.ts'
import type { AuthenticationSession } from './session-book.ts'
import { readRequest } from './validation.ts'

export const getAuthenticationUrl: Handler = ({ world, body }) => {
  const { SessionId, RedirectUri } = readRequest(requests.GetAuthenticationUrl, body)
  const session = openSession(world, SessionId)
  if (world.clock.now() - session.startedAt > world.switches.now.authenticationWindowMs)
    throw accessDenied('The authentication session has expired')
  const url = new URL('https://sign-in.invalid/authorize')
  url.searchParams.set('session', SessionId)
  url.searchParams.set('redirect_uri', RedirectUri)
  return { AuthenticationUrl: url.toString() }
}

export const cancelAuthentication: Handler = ({ world, grant, body }) => {
  const { SessionId } = readRequest(requests.CancelParticipantAuthentication, body)
  const session = openSession(world, SessionId)
  session.state = 'cancelled'
  grant.room.postEvent(contentTypes.authenticationCancelled, { by: grant.participant, stored: false })
  return {}
}

function openSession(world: World, id: string): AuthenticationSession {
  const session = world.sessions.find(id)
  if (session?.state !== 'open') throw invalid('SessionId is not an open authentication session')
  return session
}
