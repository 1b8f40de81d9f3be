import vue from '@vitejs/plugin-vue'
import { configDefaults, defineConfig } from 'vitest/config'

const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', TZ: 'UTC' }

export default defineConfig({
  test: {
    // Processes rather than threads: the database and the socket tests load native code.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
    reporters: process.env['CI'] === undefined ? ['default'] : ['dot'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{src-main,src-preload,src-shared,src-simulator,scripts,bench,e2e/harness}/**/*.test.{ts,mjs}',
          ],
          exclude: [...configDefaults.exclude, 'src-simulator/conformance/**'],
          env: quiet,
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          environment: 'node',
          include: ['src-simulator/conformance/**/*.conformance.test.ts'],
          testTimeout: 30_000,
          env: quiet,
        },
      },
      {
        extends: true,
        plugins: [vue()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          setupFiles: ['src-renderer/testing/edit-commands.ts'],
          include: ['src-renderer/**/*.test.ts'],
          env: { TZ: 'UTC' },
        },
      },
    ],
  },
})
