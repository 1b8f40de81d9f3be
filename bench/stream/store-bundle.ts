import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'

// Inside node_modules, so that the bundle finds libsql.
const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache/store-bench')

export interface StoreBundle {
  readonly file: string
  remove(): Promise<void>
}

/** A thread runs JavaScript only, so the store is bundled as the product does it. */
export async function bundleStore(): Promise<StoreBundle> {
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
        input: path.resolve(import.meta.dirname, '../../src-main/store/store-worker.ts'),
        external: ['libsql'],
        output: { entryFileNames: 'worker.mjs' },
      },
    },
  })
  return { file: path.join(outDir, 'worker.mjs'), remove: () => rm(outDir, { recursive: true }) }
}
