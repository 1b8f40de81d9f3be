// npm run nightly: what takes too long for every commit. All of it runs, also after a part has failed.
import process from 'node:process'
import { runSteps } from './checks/run-steps.mjs'
import { summarize } from './checks/summary.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'

/** @type {readonly import('./checks/run-steps.mjs').Step[]} */
const steps = [
  { name: 'build', script: 'build' },
  { name: 'soak, 5 minutes', script: 'soak:nightly', needs: 'build' },
  { name: 'crash, 100 kills', script: 'crash:nightly', needs: 'build' },
  { name: 'crash, 100 power cuts', script: 'powercut:nightly', needs: 'build' },
  { name: 'power cuts find a loss', script: 'powercut:control', needs: 'build' },
  { name: 'compare reliability', script: 'compare:reliability' },
  { name: 'hostile files', script: 'bench:files' },
  { name: 'bench', script: 'bench', needs: 'build' },
]

try {
  requireNode()
  await ensureInstalled()
  const summary = summarize(await runSteps(steps))
  process.stdout.write(`\n${summary.text}\n`)
  process.exitCode = summary.failed === 0 ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
