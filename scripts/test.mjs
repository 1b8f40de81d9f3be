// npm test: every check there is, from any state of the checkout. A new one is a line in `steps`.
import process from 'node:process'
import { runSteps } from './checks/run-steps.mjs'
import { summarize } from './checks/summary.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'

/** @type {readonly import('./checks/run-steps.mjs').Step[]} */
const steps = [
  { name: 'format', script: 'format:check' },
  { name: 'lint', script: 'lint' },
  { name: 'styles', script: 'lint:styles' },
  { name: 'unused code', script: 'lint:unused' },
  { name: 'types', script: 'typecheck' },
  { name: 'known advisories', script: 'advisories' },
  { name: 'unit and integration', script: 'unit' },
  { name: 'conformance', script: 'conformance' },
  { name: 'build', script: 'build' },
  { name: 'end to end', script: 'e2e', needs: 'build' },
  { name: 'soak', script: 'soak:short', needs: 'build' },
  { name: 'crash', script: 'crash:short', needs: 'build' },
]

try {
  requireNode()
  await ensureInstalled()
  const outcomes = await runSteps(steps)
  const summary = summarize(outcomes)
  process.stdout.write(`\n${summary.text}\n`)
  process.exitCode = summary.failed === 0 ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
