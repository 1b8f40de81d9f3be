import { contentTypes } from '../../room/content-types.ts'
import type { ContactHandle } from '../../contact-handle.ts'
import type { TranscriptItem } from '../../room/transcript-item.ts'
import { isChatJs } from './chat-js.ts'
import type { ClientKind, Output, ParticipantClient, Trouble } from './participant-client.ts'
import type { Stage } from './stage.ts'
import { heard, ofType, refusal, withId } from './stage.ts'

/** A chat of the usual kind, shortly before it ends, and what either side made of it. */
export type Session = Readonly<{
  kind: ClientKind
  stage: Stage
  contact: ContactHandle
  customer: ParticipantClient
  agent: ParticipantClient
  question: Output<'SendMessage'>
  answer: TranscriptItem
  receipt: TranscriptItem
  /** The file as the agent first heard of it, and when it was approved. */
  files: readonly TranscriptItem[]
  downloaded: string
  /** How a message of a type that is not allowed was refused. */
  trouble: Trouble
}>

const fileText = 'A note'

/** Plays the chat with one kind of client on both sides. Only what holds in every position is waited for. */
export async function playSession(stage: Stage, kind: ClientKind): Promise<Session> {
  const contact = stage.contact({ customerIsPresent: false })
  const customer = await stage.connected(kind, contact, 'CUSTOMER')
  const agent = await stage.connected(kind, contact, 'AGENT')
  const plain = { ContentType: contentTypes.plain }

  const question = await customer.perform('SendMessage', { ...plain, Content: 'Where is my parcel?' })
  await heard(agent, withId(question.Id))
  const reply = await agent.perform('SendMessage', { ...plain, Content: 'On its way' })
  const answer = await heard(customer, withId(reply.Id))
  await agent.perform('SendEvent', { ContentType: contentTypes.typing })
  await heard(customer, ofType(contentTypes.typing, 'AGENT'))
  const read = JSON.stringify({ messageId: question.Id, disableThrottle: true })
  await agent.perform('SendEvent', { ContentType: contentTypes.read, Content: read })
  const receipt = await heard(customer, ofType(contentTypes.metadata))
  await customer.attach({ name: 'note.txt', type: 'text/plain', bytes: new TextEncoder().encode(fileText) })
  const approved = await heard(agent, (item) => item.Attachments?.[0]?.Status === 'APPROVED')
  const bytes = await agent.download(approved.Attachments?.[0]?.AttachmentId ?? '')
  const trouble = await refusal(agent, 'SendMessage', { ContentType: 'text/csv', Content: '1;2' })

  return {
    ...{ kind, stage, contact, customer, agent, question, answer, receipt, trouble },
    files: agent.items.filter(({ Type }) => Type === 'ATTACHMENT'),
    downloaded: new TextDecoder().decode(bytes),
  }
}

/** The customer leaves. Settles when the agent has heard of it. */
export async function endSession({ customer, agent, stage }: Session): Promise<void> {
  await customer.perform('DisconnectParticipant', {})
  const { customerExitEndsChat } = stage.simulator.switches
  if (isChatJs(agent) && customerExitEndsChat) await agent.until(() => agent.signals.includes('onEnded'))
  else await heard(agent, ofType(customerExitEndsChat ? contentTypes.ended : contentTypes.left))
}
