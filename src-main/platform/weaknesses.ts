import type { Surroundings } from '#shared/model.ts'

/** Of the Electron in package.json, which every installer carries. A test keeps the two together. */
export const shippedMajor = 45

/** What keeps this run from being fit for real customers: an older browser has known holes, one without a sandbox has no wall behind them. */
export function weaknessesOf(electron: string, hasSandbox: boolean): Surroundings['weaknesses'] {
  return [
    ...(Number.parseInt(electron, 10) < shippedMajor ? (['old-runtime'] as const) : []),
    ...(hasSandbox ? [] : (['no-sandbox'] as const)),
  ]
}
