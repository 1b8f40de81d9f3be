import type { FaultSpec } from '#simulator/faults/faults.ts'
import type { Operation } from '#simulator/service/operations.ts'

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
  'reply lost',
  'no reply',
] as const

export type Outcome = (typeof outcomes)[number]

const definedFor: Partial<Record<Outcome, readonly Operation[]>> = {
  '402': ['StartAttachmentUpload', 'CompleteAttachmentUpload'],
  '404': ['DescribeView'],
  '409': ['SendEvent', 'CompleteAttachmentUpload'],
}

export function isDefined(operation: Operation, outcome: Outcome): boolean {
  return definedFor[outcome]?.includes(operation) ?? true
}

const faultOf: Readonly<Record<Exclude<Outcome, 'success'>, Pick<FaultSpec, 'kind' | 'status'>>> = {
  '400': { kind: 'http-error', status: 400 },
  '402': { kind: 'http-error', status: 402 },
  '403': { kind: 'http-error', status: 403 },
  '404': { kind: 'http-error', status: 404 },
  '409': { kind: 'http-error', status: 409 },
  '429': { kind: 'http-error', status: 429 },
  '500': { kind: 'http-error', status: 500 },
  '503 as HTML': { kind: 'html-503' },
  'connection cut': { kind: 'refuse-connections' },
  'reply lost': { kind: 'lose-response' },
  'no reply': { kind: 'hang' },
}

/** More calls than a trial ever makes. */
const always = 10_000

/** What makes calls of the operation end this way: the next one, or all of them. Null where nothing is in the way. */
export function troubleFor(
  outcome: Outcome,
  where: { readonly operation: Operation; readonly contactId: string; readonly lasts: boolean },
): FaultSpec | null {
  if (outcome === 'success') return null
  const { operation, contactId, lasts } = where
  return { ...faultOf[outcome], operation, contactId, count: lasts ? always : 1 }
}
