import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

// One target for every runtime that must run the output: the shipped Electron and the older one that tests
// may run on. electron-vite would otherwise derive it from the installed `electron` package.
const node = 'node20.18'
const chrome = 'chrome130'

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: 'out/main',
      // One bundle starts faster and needs no node_modules; what carries a native binary stays outside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: at('src-main/main.ts'), 'store-worker': at('src-main/store/store-worker.ts') },
        external: ['libsql', '@napi-rs/xattr'],
      },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file that requires nothing but electron.
      rolldownOptions: {
        input: { preload: at('src-preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
      minify: true,
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [vue()],
    resolve: {
      // Its variant for browsers decodes through innerHTML, which the page's policy forbids.
      alias: {
        'decode-named-character-reference': at('node_modules/decode-named-character-reference/index.js'),
      },
    },
    build: {
      target: chrome,
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
})
