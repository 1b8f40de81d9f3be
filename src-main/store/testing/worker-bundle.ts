import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

/** Inside node_modules, so that the bundle finds libsql. */
const cache = path.resolve(import.meta.dirname, '../../../node_modules/.cache/store-worker')

export interface WorkerBundle {
  readonly url: URL
  remove(): Promise<void>
}

/** A thread runs JavaScript only, so tests bundle the store worker as the product does. */
export async function bundleStoreWorker(): Promise<WorkerBundle> {
  await mkdir(cache, { recursive: true })
  const outDir = await mkdtemp(path.join(cache, 'bundle-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['libsql'] },
    build: {
      ssr: true,
      outDir,
      minify: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('./crashable-worker.ts', import.meta.url)),
        external: ['libsql'],
        output: { entryFileNames: 'worker.mjs' },
      },
    },
  })
  return {
    url: pathToFileURL(path.join(outDir, 'worker.mjs')),
    remove: () => rm(outDir, { recursive: true }),
  }
}
