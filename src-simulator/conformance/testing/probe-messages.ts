import { expect } from 'vitest'
import { contentTypes } from '../../room/content-types.ts'
import { isChatJs } from './chat-js.ts'
import type { Session } from './representative-session.ts'
import { SdkClient } from './sdk-client.ts'
import { heard, isTaken, ofType, refusal, withId } from './stage.ts'

export async function startPosition({ agent, question }: Session, isInclusive: boolean): Promise<void> {
  const { Transcript = [] } = await agent.perform('GetTranscript', {
    StartPosition: { Id: question.Id },
    ScanDirection: 'FORWARD',
    SortOrder: 'ASCENDING',
  })
  expect(Transcript.some(({ Id }) => Id === question.Id)).toBe(isInclusive)
  expect(Transcript.some(({ Content }) => Content === 'On its way')).toBe(true)
}

export async function lastNextToken({ agent }: Session, isEmptyText: boolean): Promise<void> {
  const { NextToken } = await agent.perform('GetTranscript', { MaxResults: 100 })
  expect(NextToken).toBe(isEmptyText ? '' : undefined)
}

export async function unreadMetadata({ agent, answer }: Session, isEmptyList: boolean): Promise<void> {
  const { Transcript = [] } = await agent.perform('GetTranscript', { MaxResults: 100 })
  const unread = Transcript.find(({ Id }) => Id === answer.Id)
  expect(unread?.MessageMetadata?.Receipts).toEqual(isEmptyList ? [] : undefined)
}

export async function forgottenToken({ agent }: Session, rememberedMs: number): Promise<void> {
  const message = { ContentType: 'text/plain', Content: 'Twice?', ClientToken: 'again' }
  const first = await agent.perform('SendMessage', message)
  const again = await agent.perform('SendMessage', message)
  expect(again.Id === first.Id).toBe(rememberedMs > 0)
}

export function agentName({ answer }: Session, name: string): void {
  expect(answer.DisplayName).toBe(name)
}

/** ChatJS keeps it from its caller in any case. */
export function ownReceipt({ agent }: Session, isEchoed: boolean): void {
  expect(agent.items.some(ofType(contentTypes.metadata))).toBe(isEchoed && !isChatJs(agent))
}

export function ownTyping({ agent }: Session, isEchoed: boolean): void {
  expect(agent.items.some(ofType(contentTypes.typing))).toBe(isEchoed)
}

export function receiptContact({ receipt, contact }: Session, isNamed: boolean): void {
  expect(receipt.ContactId).toBe(isNamed ? contact.contactId : undefined)
}

/** The contact centre's own processing changes what was accepted, for everyone. */
export async function rewritten({ agent }: Session, isRewritten: boolean): Promise<void> {
  const { Id } = await agent.perform('SendMessage', { ContentType: 'text/plain', Content: 'Card 4711' })
  const { Transcript = [] } = await agent.perform('GetTranscript', { MaxResults: 100 })
  expect(Transcript.find((item) => item.Id === Id)?.Content).toBe(isRewritten ? 'Card [PII]' : 'Card 4711')
}

export async function longText({ agent }: Session, limit: number): Promise<void> {
  const message = { ContentType: 'text/plain', Content: 'x'.repeat(1025) }
  expect(await isTaken(agent, 'SendMessage', message)).toBe(limit > 1024)
}

export async function wideText(
  { agent }: Session,
  unit: 'characters' | 'utf-16-units' | 'bytes',
): Promise<void> {
  const taken = [
    await isTaken(agent, 'SendMessage', { ContentType: 'text/plain', Content: '👋'.repeat(600) }),
    await isTaken(agent, 'SendMessage', { ContentType: 'text/plain', Content: 'é'.repeat(600) }),
  ]
  expect(taken).toEqual(
    { characters: [true, true], 'utf-16-units': [false, true], bytes: [false, false] }[unit],
  )
}

export async function processing(
  { agent, question }: Session,
  end: 'unreported' | 'settles' | 'fails' | 'rejects',
): Promise<void> {
  const status = { unreported: undefined, settles: undefined, fails: 'FAILED', rejects: 'REJECTED' }[end]
  if (end === 'unreported') {
    expect(question.MessageMetadata).toBeUndefined()
    return
  }
  const isUpdate = (item: { Id: string; MessageMetadata?: unknown }): boolean =>
    item.Id === question.Id && item.MessageMetadata !== undefined
  const update = await heard(agent, isUpdate)
  expect(update.MessageMetadata?.MessageProcessingStatus).toBe(status)
}

/** In a chat of its own: this one still has to go on. */
export async function agentLeaves({ stage, kind }: Session, endsChat: boolean): Promise<void> {
  const contact = stage.contact()
  const customer = await stage.connected(kind, contact, 'CUSTOMER')
  const agent = await stage.connected(kind, contact, 'AGENT')
  // An agent's page leaves over the control plane.
  if (isChatJs(agent)) return
  await agent.perform('DisconnectParticipant', {})
  await heard(customer, ofType(contentTypes.left, 'AGENT'))
  await heard(customer, ofType(endsChat ? contentTypes.ended : contentTypes.left))
  expect(contact.hasEnded).toBe(endsChat)
}

export function customerLeaves({ contact, agent }: Session, endsChat: boolean): void {
  expect(contact.hasEnded).toBe(endsChat)
  expect(agent.items.some(ofType(contentTypes.ended))).toBe(endsChat)
}

export async function lastEvents(
  { agent }: Session,
  order: 'left-then-ended' | 'ended-then-left' | 'ended-only',
): Promise<void> {
  const { left, ended } = contentTypes
  // ChatJS lets go of its callbacks with the end.
  const expected = {
    'left-then-ended': [left, ended],
    'ended-then-left': isChatJs(agent) ? [ended] : [ended, left],
    'ended-only': [ended],
  }[order]
  const last = (): readonly (string | undefined)[] =>
    agent.items.map(({ ContentType }) => ContentType).filter((type) => type === left || type === ended)
  if (agent instanceof SdkClient) await agent.until(() => last().length === expected.length)
  expect(last()).toEqual(expected)
}

/** In a chat of its own, as the customer hears it. */
export async function transferEvents(
  { stage, kind }: Session,
  order: 'transfer-then-left' | 'left-then-transfer' | 'transfer-only',
): Promise<void> {
  const { left, transferSucceeded } = contentTypes
  const contact = stage.contact()
  const customer = await stage.connected(kind, contact, 'CUSTOMER')
  contact.event({ contentType: transferSucceeded })
  await heard(customer, withId(contact.say('Who is there?')))
  const told = customer.items.map(({ ContentType }) => ContentType)
  expect(told.filter((type) => type === left || type === transferSucceeded)).toEqual(
    {
      'transfer-then-left': [transferSucceeded, left],
      'left-then-transfer': [left, transferSucceeded],
      'transfer-only': [transferSucceeded],
    }[order],
  )
}

export function whoEnded({ agent, contact }: Session, isNamed: boolean): void {
  const ended = agent.items.find(ofType(contentTypes.ended))
  expect(ended?.ParticipantId).toBe(isNamed ? contact.truth().participants[0]?.id : undefined)
}

/** ChatJS does not even ask after the end. */
export async function grace({ agent }: Session, graceMs: number): Promise<void> {
  if (graceMs > 0 && !isChatJs(agent)) {
    const { Transcript = [] } = await agent.perform('GetTranscript', {})
    expect(Transcript.length).toBeGreaterThan(0)
    return
  }
  const { status } = await refusal(agent, 'GetTranscript', {})
  expect(status).toBe(isChatJs(agent) ? undefined : 403)
}

export async function monitored({ stage, kind }: Session, isAnnounced: boolean): Promise<void> {
  const contact = stage.contact()
  const agent = await stage.connected(kind, contact, 'AGENT')
  contact.supervise({ mode: 'monitor' })
  await heard(agent, withId(contact.say('Is anybody else here?')))
  const supervisors = agent.items.filter(({ ParticipantRole }) => ParticipantRole === 'SUPERVISOR')
  expect(supervisors.map(({ ContentType }) => ContentType)).toEqual(isAnnounced ? [contentTypes.joined] : [])
}
