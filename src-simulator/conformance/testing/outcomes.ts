import { contentTypes } from '../../room/content-types.ts'
import type { Operation } from '../../service/operations.ts'
import { operations } from '../../service/operations.ts'
import type { Scene } from './attempts.ts'
import { attachNote, mistakes, receiptFor } from './attempts.ts'

export const outcomes = [
  'success',
  '400',
  '402',
  '403',
  '404',
  '409',
  '429',
  '500',
  '503 as HTML',
  'connection cut',
  'reply lost once',
  'no reply',
] as const

export type Outcome = (typeof outcomes)[number]

const definedFor: Partial<Record<Outcome, readonly Operation[]>> = {
  '402': ['StartAttachmentUpload', 'CompleteAttachmentUpload'],
  '404': ['DescribeView'],
  '409': ['SendEvent', 'CompleteAttachmentUpload'],
}

export type Cell = Readonly<{ operation: Operation; outcome: Outcome }>

/** Every operation with everything that is documented for it and everything a network does to it. */
export const cells: readonly Cell[] = Object.keys(operations).flatMap((name) =>
  outcomes
    .map((outcome) => ({ operation: name as Operation, outcome }))
    .filter(({ operation, outcome }) => definedFor[outcome]?.includes(operation) ?? true),
)

type Provoke = (scene: Scene, operation: Operation, input: object) => object | Promise<object>

/** Sees to it that the call ends in this way, by real means where there are any. Returns what to call with. */
export const provoke: Readonly<Record<Outcome, Provoke>> = {
  success: (_scene, _operation, input) => input,
  '400': invalidInput,
  '402': overQuota,
  '403': withoutRights,
  '404': (_scene, _operation, input) => ({ ...input, ViewToken: 'no-such-view' }),
  '409': conflicting,
  '429': (scene, operation, input) => answerWith(429, { scene, operation, input }),
  '500': (scene, operation, input) => answerWith(500, { scene, operation, input }),
  '503 as HTML': fault('html-503'),
  'connection cut': fault('refuse-connections'),
  'reply lost once': fault('lose-response'),
  'no reply': fault('hang'),
}

function fault(kind: 'html-503' | 'refuse-connections' | 'lose-response' | 'hang'): Provoke {
  return ({ simulator, contact }, operation, input) => {
    simulator.faults.add({ kind, contactId: contact.contactId, operation })
    return input
  }
}

type Refused = Readonly<{ scene: Scene; operation: Operation; input: object }>

function answerWith(status: number, { scene, operation, input }: Refused): object {
  const { contactId } = scene.contact
  scene.simulator.faults.add({ kind: 'http-error', status, contactId, operation })
  return input
}

function invalidInput(scene: Scene, operation: Operation, input: object): object {
  const { simulator, contact, uploadsAtOnce } = scene
  const isBeyondTheCaller =
    operation === 'CreateParticipantConnection' || operation === 'DisconnectParticipant'
  if (uploadsAtOnce && isBeyondTheCaller) return answerWith(400, { scene, operation, input })
  if (uploadsAtOnce && operation === 'CompleteAttachmentUpload') {
    // It does not look at the answer of the storage, and completes what was never uploaded.
    simulator.faults.add({ kind: 'storage-403', contactId: contact.contactId })
    return input
  }
  return { ...input, ...mistakes[operation] }
}

function withoutRights(scene: Scene, operation: Operation, input: object): object {
  const { simulator, contact, uploadsAtOnce } = scene
  if (uploadsAtOnce && operation === 'CompleteAttachmentUpload')
    return answerWith(403, { scene, operation, input })
  simulator.faults.add({ kind: 'expire-token', contactId: contact.contactId, operation })
  return input
}

function overQuota(scene: Scene, operation: Operation, input: object): object {
  if (scene.uploadsAtOnce && operation === 'CompleteAttachmentUpload')
    return answerWith(402, { scene, operation, input })
  attachNote(scene.contact)
  return input
}

async function conflicting(scene: Scene, operation: Operation, input: object): Promise<object> {
  if (operation === 'SendEvent') {
    scene.contact.event({ contentType: contentTypes.joined })
    scene.contact.event({ contentType: contentTypes.joined })
    return receiptFor(scene.contact.say('Is anybody there?'))
  }
  if (scene.uploadsAtOnce) return answerWith(409, { scene, operation, input })
  await scene.client.perform(operation, input)
  return input
}
