import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '#simulator/simulator.ts'
import { aRealWorld } from '../testing/real-chat.ts'
import { Secret } from '../vault/secret.ts'
import type { FilePlan } from './testing/file-plans.ts'
import { filePlans } from './testing/file-plans.ts'
import type { FileRow } from './testing/file-table.ts'
import { lineOf, recordedLine, renderFileTable } from './testing/file-table.ts'
import { sendOneFile } from './testing/file-trial.ts'
import { orphanedCompletions } from './testing/orphaned.ts'

const tableFile = path.join(import.meta.dirname, 'file-faults.md')
const atOnce = 8

let rows: readonly FileRow[]
let recorded: string

beforeAll(async () => {
  rows = await sendAll()
  if (process.env['UPDATE_TABLE'] === '1') await writeFile(tableFile, renderFileTable(rows))
  recorded = await readFile(tableFile, 'utf8').catch(() => '')
}, 120_000)

async function sendAll(): Promise<readonly FileRow[]> {
  const outcomes = new Map<FilePlan, FileRow>()
  const queue = [...filePlans]
  const work = async (): Promise<void> => {
    for (let plan = queue.shift(); plan !== undefined; plan = queue.shift()) {
      outcomes.set(plan, { plan, outcome: await sendOneFile(plan) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return filePlans.flatMap((plan) => outcomes.get(plan) ?? [])
}

function rowOf(plan: FilePlan): FileRow {
  const row = rows.find((one) => one.plan === plan)
  if (row === undefined) throw new Error(`Nobody tried "${plan.name}"`)
  return row
}

describe.each(filePlans)('a file: $name', (plan) => {
  it('ends in a defined state, completed only when stored, and whole or not at all', () => {
    const { outcome } = rowOf(plan)

    expect(outcome.end).toBe(plan.end)
    expect(outcome.orphaned).toBe(0)
    expect(outcome.customer === 'the file, whole').toBe(plan.end === 'delivered')
    expect(outcome.sentence === '').toBe(plan.end !== 'failed')
  })

  it('is as the table says', () => {
    expect(lineOf(rowOf(plan))).toEqual(recordedLine(recorded, plan))
  })
})

it('has the whole table on record', () => {
  expect(recorded).toBe(renderFileTable(rows))
})

it('would see a completion of a file that nobody stored', async () => {
  const simulator = await startSimulator()
  const contact = simulator.contact({ customerName: 'Ana' })
  const { client } = aRealWorld(simulator.endpoint)
  const wanted = { types: ['CONNECTION_CREDENTIALS'], connectParticipant: true } as const
  const { credentials } = await client.createConnection(new Secret(contact.agent.participantToken), wanted)
  if (credentials === null) throw new Error('There is no connection token')
  const { token } = credentials
  const file = { name: 'note.txt', contentType: 'text/plain', bytes: 20, clientToken: 'start' }
  const { attachmentId } = await client.startAttachmentUpload(token, file)

  const completion = client.completeAttachmentUpload(token, { attachmentId, clientToken: 'complete' })

  await expect(completion).rejects.toMatchObject({ failure: { status: 400 } })
  expect(orphanedCompletions(contact)).toBe(1)
  await simulator.close()
})
