import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '#simulator/service/operations.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { deeds } from './testing/deeds.ts'
import { inLanes } from './testing/lanes.ts'
import type { Trial, Try } from './testing/operation-trial.ts'
import { attemptDeed } from './testing/operation-trial.ts'
import type { Row } from './testing/operations-table.ts'
import { nameOf, renderOperations } from './testing/operations-table.ts'
import type { Outcome } from './testing/outcomes.ts'
import { isDefined, outcomes } from './testing/outcomes.ts'
import { pageWords } from './testing/page-words.ts'
import { complaintAbout } from './testing/sentences.ts'

const tableFile = path.join(import.meta.dirname, 'operations.md')
const allTake = 90_000

const cells = deeds.flatMap((deed) =>
  outcomes
    .filter((outcome) => isDefined(deed.operation, outcome))
    .map((outcome) => ({ name: nameOf(deed), deed, outcome })),
)
type Cell = (typeof cells)[number]

let simulator: Simulator
let rows: readonly Row[]

beforeAll(async () => {
  simulator = await startSimulator()
  const tries: Try[] = cells.flatMap(({ deed, outcome }) =>
    [false, true].map((lasts) => ({ deed, outcome, lasts })),
  )
  // Those that have to be watched for long begin first.
  const ordered = tries.toSorted((a, b) => (b.deed.quietAfter ?? 0) - (a.deed.quietAfter ?? 0))
  const trials = inLanes(ordered, (one) => attemptDeed(simulator, one))
  const trialOf = async (cell: Cell, lasts: boolean): Promise<Trial> => {
    const one = tries.find(
      (other) => other.deed === cell.deed && other.outcome === cell.outcome && other.lasts === lasts,
    )
    const trial = one === undefined ? undefined : await trials.get(one)
    if (trial === undefined) throw new Error(`${cell.name}, ${cell.outcome} was not tried.`)
    return trial
  }
  rows = await Promise.all(
    cells.map(async (cell) => ({
      ...cell,
      once: await trialOf(cell, false),
      lasting: await trialOf(cell, true),
    })),
  )
  if (process.env['UPDATE_TABLE'] === '1') writeFileSync(tableFile, renderOperations(rows))
}, allTake)

afterAll(() => simulator.close())

function rowOf(name: string, outcome: Outcome): Row {
  const row = rows.find((one) => nameOf(one.deed) === name && one.outcome === outcome)
  if (row === undefined) throw new Error(`There is no row for ${name}, ${outcome}.`)
  return row
}

const passing = ['429', '500', '503 as HTML', 'connection cut', 'no reply'] as const
const tokensOf = ({ calls }: Trial) => new Set(calls.filter((token) => token !== undefined))

describe('the table of operations', () => {
  it('has every operation there is', () => {
    expect(new Set(deeds.map(({ operation }) => operation))).toEqual(new Set(Object.keys(operations)))
  })

  it('is the one on record', () => {
    const recorded = existsSync(tableFile) ? readFileSync(tableFile, 'utf8') : ''

    expect(renderOperations(rows)).toBe(recorded)
  })
})

describe('what an agent is left with', () => {
  it.each(cells)('is defined and said: $name, $outcome', ({ name, outcome }) => {
    const { once, lasting } = rowOf(name, outcome)

    expect(complaintAbout(once)).toBeNull()
    expect(complaintAbout(lasting)).toBeNull()
  })

  it.each(Object.values(pageWords))('is said in the words of the page: $words', ({ words, file }) => {
    const page = path.join(import.meta.dirname, '../../src-renderer', file)

    expect(readFileSync(page, 'utf8').replaceAll("\\'", "'")).toContain(words)
  })
})

describe('a message', () => {
  it.each(passing)('is repeated under the same client token and arrives once: %s', (outcome) => {
    const { once, lasting } = rowOf('SendMessage', outcome)

    expect(once).toMatchObject({ state: 'sent', applied: 1, calls: { length: 2 } })
    expect(lasting).toMatchObject({ state: 'sending', applied: 0, isRepeated: true })
    expect(tokensOf(once).size).toBe(1)
    expect(tokensOf(lasting).size).toBe(outcome === 'connection cut' ? 0 : 1)
  })

  it('arrives once although no answer ever comes', () => {
    const { once, lasting } = rowOf('SendMessage', 'reply lost')

    expect(once).toMatchObject({ state: 'sent', applied: 1 })
    expect(lasting).toMatchObject({ state: 'sent', applied: 1 })
    expect(tokensOf(lasting).size).toBe(1)
  })

  it('that is refused is not repeated', () => {
    const { once } = rowOf('SendMessage', '400')

    expect(once).toMatchObject({ state: 'failed', applied: 0, calls: { length: 1 } })
  })

  it('is sent with a new connection token when the old one is refused, and failed when that is refused too', () => {
    const { once, lasting } = rowOf('SendMessage', '403')

    expect(once).toMatchObject({ state: 'sent', applied: 1, calls: { length: 2 } })
    expect(lasting).toMatchObject({ state: 'failed', applied: 0, calls: { length: 2 } })
    expect(tokensOf(once).size).toBe(1)
  })
})

describe('a connection', () => {
  it.each([...passing, '400', 'reply lost'] as const)('is tried for as long as it takes: %s', (outcome) => {
    const { once, lasting } = rowOf('CreateParticipantConnection, connecting again', outcome)

    expect(once.state).toBe('live')
    expect(lasting).toMatchObject({ state: 'connecting again', isRepeated: true })
  })

  it('ends with the second refusal of the participant token, not with the first', () => {
    const { once, lasting } = rowOf('CreateParticipantConnection, connecting again', '403')

    expect(once).toMatchObject({ state: 'live', calls: { length: 2 } })
    expect(lasting).toMatchObject({ state: 'ended (rejected)', calls: { length: 2 } })
  })

  it.each([...passing, '400', '403', 'reply lost'] as const)(
    'never gives up the transcript, and misses nothing once it can be read: %s',
    (outcome) => {
      const { once, lasting } = rowOf('GetTranscript', outcome)

      expect(once).toMatchObject({ state: 'live', detail: 'nothing missed' })
      expect(lasting).toMatchObject({ state: 'catching up', isRepeated: true })
    },
  )

  it.each([...passing, '400'] as const)('stays when leaving fails: %s', (outcome) => {
    expect(rowOf('DisconnectParticipant', outcome).lasting).toMatchObject({ state: 'live', applied: 0 })
  })

  it.each([...passing, '403', 'reply lost'] as const)('ends once when leaving fails once: %s', (outcome) => {
    const { once } = rowOf('DisconnectParticipant', outcome)

    expect(once).toMatchObject({ state: 'ended (left)', applied: 1 })
    expect(tokensOf(once).size).toBe(1)
  })
})

describe('a file', () => {
  it.each(passing)('arrives once after passing trouble: %s', (outcome) => {
    for (const name of ['StartAttachmentUpload', 'CompleteAttachmentUpload'])
      expect(rowOf(name, outcome).once).toMatchObject({ state: 'delivered', applied: 1 })
    expect(tokensOf(rowOf('CompleteAttachmentUpload', outcome).once).size).toBe(1)
  })

  it('arrives once although the answers get lost', () => {
    expect(rowOf('StartAttachmentUpload', 'reply lost').once).toMatchObject({
      state: 'delivered',
      applied: 1,
    })
    expect(rowOf('CompleteAttachmentUpload', 'reply lost').lasting).toMatchObject({
      state: 'delivered',
      applied: 1,
    })
  })

  it.each(['400', '402'] as const)('that the service does not take is not tried again: %s', (outcome) => {
    for (const name of ['StartAttachmentUpload', 'CompleteAttachmentUpload']) {
      const { lasting } = rowOf(name, outcome)
      expect(lasting).toMatchObject({ state: 'failed', detail: 'for good', applied: 0, calls: { length: 1 } })
    }
  })

  it('that is being completed already is waited for', () => {
    const { lasting } = rowOf('CompleteAttachmentUpload', '409')

    expect(lasting).toMatchObject({ state: 'at the service', calls: { length: 1 } })
  })
})

describe('a question', () => {
  it.each(['GetAttachment', 'DescribeView', 'GetAuthenticationUrl'])(
    'is asked three times and no more: %s',
    (name) => {
      for (const outcome of [...passing, 'reply lost'] as const) {
        const { once, lasting } = rowOf(name, outcome)
        expect(once.calls).toHaveLength(2)
        expect(once.isOver && once.state !== 'given up').toBe(true)
        expect(lasting).toMatchObject({ state: 'given up', calls: { length: 3 } })
      }
    },
  )
})

describe('a receipt', () => {
  it('is not sent again where the service takes none', () => {
    expect(rowOf('SendEvent, read receipt', '409').lasting.calls).toHaveLength(1)
  })

  it.each(passing)('is told after passing trouble: %s', (outcome) => {
    expect(rowOf('SendEvent, read receipt', outcome).once.state).toBe('told')
  })
})
