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

/** The store worker that tests can also make crash. */
export function bundleStoreWorker(): Promise<WorkerBundle> {
  return bundleForThread(new URL('./crashable-worker.ts', import.meta.url))
}

/** A thread runs JavaScript only, so what runs in one is bundled as the product does it. */
export async function bundleForThread(entry: URL): Promise<WorkerBundle> {
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
        input: fileURLToPath(entry),
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
