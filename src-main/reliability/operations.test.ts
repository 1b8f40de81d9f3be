import { it } from 'vitest'
import { startSimulator } from '#simulator/simulator.ts'
import { deeds } from './testing/deeds.ts'
import { outcomes, isDefined } from './testing/outcomes.ts'
import { attemptDeed } from './testing/operation-trial.ts'

it('dumps', async () => {
  const simulator = await startSimulator()
  const t0 = performance.now()
  const jobs = deeds.flatMap((deed) =>
    outcomes.filter((o) => isDefined(deed.operation, o)).flatMap((outcome) => (outcome === 'success' ? [false] : [false, true]).map((lasts) => ({ deed, outcome, lasts }))),
  )
  const out: string[] = []
  const queue = [...jobs.entries()]
  await Promise.all(Array.from({ length: 24 }, async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const [i, j] = job
      const at = performance.now()
      const t = await attemptDeed(simulator, j).catch((e: unknown) => ({ error: String(e) }))
      out[i] = `${j.deed.operation} ${j.deed.purpose ?? ''} | ${j.outcome} | ${j.lasts ? 'lasts' : 'once'} | ${Math.round(performance.now() - at)} ms | ${'error' in t ? t.error : `${t.state} | over ${t.isOver} | ${t.failures} | ${t.calls.length} calls ${new Set(t.calls).size} tokens | applied ${t.applied} | ${t.reads}`}`
    }
  }))
  console.log(out.join('\n'), performance.now() - t0)
  await simulator.close()
}, 200_000)
