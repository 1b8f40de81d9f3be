import { readFile, writeFile } from 'node:fs/promises'

const megabyte = 1024 * 1024
const lookEvery = 250
const settlesWithin = 20_000

/** How far the resident memory of a process rose above its start while something was done, in MB. Linux keeps count. */
export async function residentGrowth(processId: number, act: () => Promise<void>): Promise<number> {
  const before = await settled(processId)
  // Five resets the highest resident size that the kernel remembers.
  await writeFile(`/proc/${String(processId)}/clear_refs`, '5')
  await act()
  return (await read(processId, 'VmHWM')) - before
}

/** The resident size once it has stopped moving. */
async function settled(processId: number): Promise<number> {
  const until = Date.now() + settlesWithin
  let last = await read(processId, 'VmRSS')
  let calm = 0
  while (calm < 4 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, lookEvery))
    const now = await read(processId, 'VmRSS')
    calm = Math.abs(now - last) < 0.5 ? calm + 1 : 0
    last = now
  }
  return last
}

async function read(processId: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${String(processId)}/status`, 'utf8')
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]
  if (kilobytes === undefined) throw new Error(`The system does not tell ${field} of ${String(processId)}`)
  return (Number(kilobytes) * 1024) / megabyte
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
