// Finds an Electron runtime for development and tests, preparing one where it must.
//
//   node scripts/electron-runtime.mjs                     the path of the executable, on the last line
//   node scripts/electron-runtime.mjs --json              { source, execPath, distPath, version }
//   node scripts/electron-runtime.mjs --source registry   insist on one source: official or registry
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { resolveElectronRuntime, runtimeEnv } from './electron-runtime/resolve.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { ensureSystem } from './system/packages.mjs'

export { ensureSystem, resolveElectronRuntime, runtimeEnv }

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()

async function main() {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, source: { type: 'string' } } })
  try {
    await ensureInstalled()
    const runtime = await resolveElectronRuntime({ source: values.source })
    ensureSystem({ execPath: runtime.execPath })
    process.stdout.write(`${values.json ? JSON.stringify(runtime) : runtime.execPath}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
