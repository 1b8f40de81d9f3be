import { readFileSync } from 'node:fs'
import type { Driver } from './driver.ts'

/** Resident memory in MB at one moment. */
export interface MemorySample {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly main: number
  readonly renderer: number
}

export async function sampleMemory(driver: Driver): Promise<MemorySample> {
  const page = await driver.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents()[0]?.getOSProcessId(),
  )
  return { at: Date.now(), main: residentMegabytes(driver.processId), renderer: residentMegabytes(page ?? 0) }
}

/** MB per hour, by least squares over what follows the first third: before that caches and buffers fill up. */
export function slopeOf(samples: readonly MemorySample[], process: 'main' | 'renderer'): number {
  const calm = samples.slice(Math.floor(samples.length / 3))
  const hours = calm.map(({ at }) => at / 3_600_000)
  const sizes = calm.map((sample) => sample[process])
  const [middleHour, middleSize] = [mean(hours), mean(sizes)]
  const spread = sum(hours.map((hour) => (hour - middleHour) ** 2))
  const together = sum(hours.map((hour, index) => (hour - middleHour) * ((sizes[index] ?? 0) - middleSize)))
  return spread === 0 ? 0 : together / spread
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / Math.max(1, numbers.length)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function residentMegabytes(processId: number): number {
  const status = readFileSync(`/proc/${String(processId)}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}
