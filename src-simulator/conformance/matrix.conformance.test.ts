import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { observe } from './testing/cell-result.ts'
import { chatJs } from './testing/chat-js.ts'
import type { Cell } from './testing/outcomes.ts'
import { cells } from './testing/outcomes.ts'
import { sdkV2 } from './testing/sdk-v2.ts'
import { sdkV3 } from './testing/sdk-v3.ts'
import { renderSummary, summaryIn, unfaithful, withSummary } from './testing/summary.ts'
import type { Row } from './testing/table.ts'
import { recordedResults, renderTable, versionOf } from './testing/table.ts'

const tableFile = path.join(import.meta.dirname, 'table.md')
const readmeFile = path.join(import.meta.dirname, '../../README.md')
const kinds = [chatJs, sdkV2, sdkV3]
const headings = ['amazon-connect-chatjs', 'aws-sdk', '@aws-sdk/client-connectparticipant'].map(versionOf)

let simulator: Simulator
let observed: readonly Row[]
let recorded: string

beforeAll(async () => {
  simulator = await startSimulator({ switches: { attachmentsPerContact: 1 } })
  // Those that wait for a limit of time come by themselves, so that the work of the others does not use it up.
  const rows = [
    ...(await observeAll((outcome) => outcome !== 'no reply')),
    ...(await observeAll((outcome) => outcome === 'no reply')),
  ]
  observed = cells.map((cell) => rows.find((row) => isSame(row, cell)) ?? { ...cell, results: [] })
  if (process.env['UPDATE_TABLE'] === '1') await record()
  recorded = await readFile(tableFile, 'utf8')
}, 120_000)

afterAll(() => simulator.close())

async function record(): Promise<void> {
  await writeFile(tableFile, renderTable(headings, observed))
  await writeFile(readmeFile, withSummary(await readFile(readmeFile, 'utf8'), renderSummary(observed)))
}

const isSame = (one: Cell, other: Cell): boolean =>
  one.operation === other.operation && one.outcome === other.outcome

function observeAll(isMeant: (outcome: Cell['outcome']) => boolean): Promise<readonly Row[]> {
  return Promise.all(
    cells
      .filter(({ outcome }) => isMeant(outcome))
      .map(async (cell) => ({
        ...cell,
        results: await Promise.all(kinds.map((kind) => observe(kind, cell, simulator))),
      })),
  )
}

it.each(cells)('$operation, $outcome: every client sees what is on record', (cell) => {
  const row = observed.find((one) => isSame(one, cell))

  expect(row?.results).toEqual(recordedResults(recorded, cell))
})

it('has the whole table on record', () => {
  expect(recorded).toBe(renderTable(headings, observed))
})

it('tells every client what the service did, and says so in the README', async () => {
  expect(unfaithful(observed)).toEqual([])
  expect(summaryIn(await readFile(readmeFile, 'utf8'))).toBe(renderSummary(observed))
})
