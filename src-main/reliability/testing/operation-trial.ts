import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Simulator } from '#simulator/simulator.ts'
import type { Begun, Deed, Standing } from './deeds.ts'
import { surely } from './eventually.ts'
import type { Outcome } from './outcomes.ts'
import { troubleFor } from './outcomes.ts'
import { Stage } from './stage.ts'

export interface Try {
  readonly deed: Deed
  readonly outcome: Outcome
  /** The trouble is there as long as somebody tries, instead of once. */
  readonly lasts: boolean
}

export interface Trial extends Standing {
  readonly failures: readonly string[]
  /** The client token of each call, in order. */
  readonly calls: readonly (string | undefined)[]
  /** It would have been called again, for as long as it takes. */
  readonly isRepeated: boolean
  /** How often the service did what was asked; null where that makes no difference. */
  readonly applied: number | null
}

const impatient = 1000
const patient = 10_000
const longest = 20_000

/** One deed on real HTTP and a real socket, with one thing in its way: once, or for as long as it is tried. */
export async function attemptDeed(simulator: Simulator, { deed, outcome, lasts }: Try): Promise<Trial> {
  const folder = await mkdtemp(path.join(tmpdir(), 'operation-'))
  const stage = new Stage(simulator, { folder, requestTimeout: outcome === 'no reply' ? impatient : patient })
  try {
    const begun = await deed.ready(stage)
    const { contactId } = stage.contact
    const { operation } = deed
    const before = {
      calls: stage.calls(operation).length,
      failures: stage.failures(operation).length,
      answered: stage.answered(operation),
    }
    const trouble = troubleFor(outcome, { operation, contactId, lasts })
    if (trouble !== null) simulator.faults.add(trouble)
    const calls = () => stage.calls(operation).slice(before.calls)
    begun.begin()
    await settled(deed, begun, {
      calls: () => calls().length,
      answered: () => stage.answered(operation) - before.answered,
    })
    return {
      ...begun.standing(),
      isRepeated: calls().length >= (deed.enough ?? 5),
      failures: [...new Set(stage.failures(operation).slice(before.failures))],
      calls: calls().map(({ clientToken }) => clientToken),
      applied: begun.applied?.() ?? null,
    }
  } finally {
    await stage.close()
    await rm(folder, { recursive: true })
  }
}

interface Counts {
  /** That the service saw. */
  readonly calls: () => number
  /** That ended at our port, in whatever way. */
  readonly answered: () => number
}

/** Until it is over, is clearly repeated without end, or nothing happens any more. */
async function settled(deed: Deed, begun: Begun, { calls, answered }: Counts): Promise<void> {
  const { enough = 5, quietAfter = Infinity } = deed
  let last = { calls: 0, at: performance.now() }
  const isSettled = (): boolean => {
    if (calls() > last.calls) last = { calls: calls(), at: performance.now() }
    if (answered() === 0) return false
    const isQuiet = performance.now() - last.at > quietAfter
    return begun.standing().isOver || last.calls >= enough || isQuiet
  }
  await surely(isSettled, longest)
}
