import { expect } from 'vitest'
import { contentTypes } from '../../room/content-types.ts'
import type { Switches } from '../../switches.ts'
import { call, connect, TestSocket } from '../../testing/chat-client.ts'
import { chatJs, isChatJs } from './chat-js.ts'
import type { ClientKind } from './participant-client.ts'
import type { Session } from './representative-session.ts'
import { SdkClient } from './sdk-client.ts'
import { sdkV2 } from './sdk-v2.ts'
import { sdkV3 } from './sdk-v3.ts'

const minute = 60_000

/** How far in the future a time lies, within some seconds. */
const isAhead = (time: unknown, ms: number): boolean =>
  Math.abs(Date.parse(String(time)) - Date.now() - ms) < minute / 2

export async function closeCode({ agent }: Session, code: number | null): Promise<void> {
  if (code === null || !(agent instanceof SdkClient)) return
  expect(await agent.sockets[0]?.closed).toBe(code)
}

export async function expiryCode({ stage }: Session, code: number): Promise<void> {
  const contact = stage.contact()
  stage.simulator.set({ connectionExpiryMs: 50 })
  const { url } = await connect(stage.simulator, contact.agent.participantToken)
  const socket = await TestSocket.open(url)
  expect(await socket.closed).toBe(code)
}

/** In a page an error that may not be read is no more than a failed request. */
export function errorInPage({ trouble, agent }: Session, isReadable: boolean): void {
  expect(trouble).toMatchObject(
    isReadable || !isChatJs(agent)
      ? { name: 'ValidationException', status: 400 }
      : { name: 'TypeError', status: undefined },
  )
}

/** Without a type in the answer each client makes up a name of its own. */
export function errorName({ trouble, kind }: Session, form: string): void {
  const unnamed = new Map<ClientKind, string>([
    [chatJs, '400'],
    [sdkV2, 'UnknownError'],
    [sdkV3, 'Unknown'],
  ])
  const name = form === 'none' ? unnamed.get(kind) : 'ValidationException'
  expect(trouble).toMatchObject({ name, status: 400 })
}

/** In a chat of its own: a client that loses its socket to this test would take it back. */
export async function extraSocket({ stage }: Session, rule: 'refuse-new' | 'close-oldest'): Promise<void> {
  const { agent } = stage.contact()
  const first = await TestSocket.open((await connect(stage.simulator, agent.participantToken)).url)
  const opening = TestSocket.open((await connect(stage.simulator, agent.participantToken)).url)
  if (rule === 'refuse-new') await expect(opening).rejects.toThrow()
  else {
    await opening
    expect(await first.closed).toBe(1008)
  }
}

export async function socketCount({ stage }: Session, limit: number): Promise<void> {
  const { agent } = stage.contact()
  for (let count = 0; count < limit; count += 1)
    await TestSocket.open((await connect(stage.simulator, agent.participantToken)).url)
  const { url } = await connect(stage.simulator, agent.participantToken)
  await expect(TestSocket.open(url)).rejects.toThrow()
}

/** The pretended clock goes ahead to just between the two positions. */
export async function socketUrl({ stage }: Session, lifeMs: number): Promise<void> {
  const { url } = await connect(stage.simulator, stage.contact().agent.participantToken)
  stage.simulator.faults.add({ kind: 'clock-skew', durationMs: minute })
  const opening = TestSocket.open(url)
  if (lifeMs > minute) await opening
  else await expect(opening).rejects.toThrow()
}

export async function connectionExpiry({ stage }: Session, lifeMs: number): Promise<void> {
  const { answer } = await connect(stage.simulator, stage.contact().agent.participantToken)
  const { ConnectionExpiry } = answer.body['Websocket'] as { ConnectionExpiry: string }
  expect(isAhead(ConnectionExpiry, lifeMs)).toBe(true)
}

export async function tokenExpiry({ stage }: Session, lifeMs: number): Promise<void> {
  const { answer } = await connect(stage.simulator, stage.contact().agent.participantToken)
  const { Expiry } = answer.body['ConnectionCredentials'] as { Expiry: string }
  expect(isAhead(Expiry, lifeMs)).toBe(true)
}

export async function uploadUrl({ stage }: Session, lifeMs: number): Promise<void> {
  const { agent } = stage.contact()
  const { connectionToken: token } = await connect(stage.simulator, agent.participantToken)
  const body = {
    AttachmentName: 'note.txt',
    ContentType: 'text/plain',
    AttachmentSizeInBytes: 4,
    ClientToken: 'one',
  }
  const answer = await call(stage.simulator, 'start-attachment-upload', { token, body })
  const { UrlExpiry } = answer.body['UploadMetadata'] as { UrlExpiry: string }
  expect(isAhead(UrlExpiry, lifeMs)).toBe(true)
}

const throttledStatus = async ({ stage }: Session, token: string): Promise<number> => {
  const body = { SessionId: 'too-short', RedirectUri: 'https://shop.example' }
  return (await call(stage.simulator, 'authentication-url', { token, body })).status
}

async function exhaust(session: Session): Promise<number> {
  const { agent } = session.stage.contact()
  const { connectionToken } = await connect(session.stage.simulator, agent.participantToken)
  const statuses: number[] = []
  for (let count = 0; count < 12; count += 1) statuses.push(await throttledStatus(session, connectionToken))
  return statuses.filter((status) => status === 429).length
}

export async function throttling(session: Session, isThrottled: boolean): Promise<void> {
  expect((await exhaust(session)) > 0).toBe(isThrottled)
}

export async function throttleScope(session: Session, scope: Switches['throttleScope']): Promise<void> {
  const { stage } = session
  const { connectionToken } = await connect(stage.simulator, stage.contact().agent.participantToken)
  await exhaust(session)
  expect(await throttledStatus(session, connectionToken)).toBe(scope === 'participant' ? 400 : 429)
}

/** The pretended clock goes ahead to just between the two positions. */
export async function signInWindow({ stage }: Session, windowMs: number): Promise<void> {
  const contact = stage.contact()
  const { connectionToken: token } = await connect(stage.simulator, contact.customer.participantToken)
  const { sessionId } = contact.event({ contentType: contentTypes.authenticationInitiated })
  stage.simulator.faults.add({ kind: 'clock-skew', durationMs: minute / 2 })
  const body = { SessionId: sessionId, RedirectUri: 'https://shop.example' }
  const { status } = await call(stage.simulator, 'authentication-url', { token, body })
  expect(status).toBe(windowMs > minute / 2 ? 200 : 403)
}

export function offer({ stage }: Session, seconds: number): void {
  expect(Math.ceil(stage.contact().offer().remainingMs / 1000)).toBe(seconds)
}
