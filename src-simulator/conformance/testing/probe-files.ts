import { expect } from 'vitest'
import type { TranscriptItem } from '../../room/transcript-item.ts'
import type { ParticipantClient } from './participant-client.ts'
import type { Session } from './representative-session.ts'
import { heard, isTaken, refusal } from './stage.ts'

const isFile = ({ Type }: TranscriptItem): boolean => Type === 'ATTACHMENT'
const statusOf = ({ Attachments }: TranscriptItem): string | undefined => Attachments?.[0]?.Status

const mayStart = (
  client: ParticipantClient,
  file: Readonly<{ name?: string; type?: string; size?: number }>,
): Promise<boolean> =>
  isTaken(client, 'StartAttachmentUpload', {
    AttachmentName: file.name ?? 'note.txt',
    ContentType: file.type ?? 'text/plain',
    AttachmentSizeInBytes: file.size ?? 6,
    ClientToken: undefined,
  })

export function inProgress({ files }: Session, isPushed: boolean): void {
  expect(files.map(statusOf)).toEqual(isPushed ? ['IN_PROGRESS', 'APPROVED'] : ['APPROVED'])
}

export function verdictId({ files: [waiting, approved] }: Session, isKept: boolean): void {
  expect(approved?.Id === waiting?.Id).toBe(isKept)
}

export async function rejectedFile({ stage, customer, agent }: Session, status: 400 | 403): Promise<void> {
  stage.simulator.faults.add({ kind: 'reject-attachments' })
  await customer.attach({ name: 'bad.txt', type: 'text/plain', bytes: new TextEncoder().encode('Bad') })
  const rejected = await heard(agent, (item) => isFile(item) && statusOf(item) === 'REJECTED')
  const AttachmentId = rejected.Attachments?.[0]?.AttachmentId
  expect(await refusal(agent, 'GetAttachment', { AttachmentId })).toMatchObject({ status })
}

export async function typeCheck(
  { customer }: Session,
  check: 'type' | 'extension' | 'both' | 'none',
): Promise<void> {
  const taken = [
    await mayStart(customer, { name: 'setup.exe' }),
    await mayStart(customer, { type: 'application/x-new' }),
  ]
  const expected = { type: [true, false], extension: [false, true], both: [false, false], none: [true, true] }
  expect(taken).toEqual(expected[check])
}

export async function secondFile({ customer }: Session, limit: number): Promise<void> {
  expect(await mayStart(customer, {})).toBe(limit > 1)
}

export async function bigFile({ customer }: Session, limit: number): Promise<void> {
  expect(await mayStart(customer, { size: 1001 })).toBe(limit > 1000)
}

/** The pretended clock goes ahead to just between the two positions. */
export async function downloadUrl({ agent, files, stage }: Session, seconds: number): Promise<void> {
  const AttachmentId = files[0]?.Attachments?.[0]?.AttachmentId
  const { Url } = await agent.perform('GetAttachment', { AttachmentId })
  stage.simulator.faults.add({ kind: 'clock-skew', durationMs: 60_000 })
  const response = await fetch(Url ?? '')
  expect(response.status).toBe(seconds > 60 ? 200 : 403)
}
