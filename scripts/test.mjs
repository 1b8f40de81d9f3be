// npm test: every check there is, from any state of the checkout. A new one is a line in `readings` or `steps`.
import process from 'node:process'
import { runBeside, runSteps } from './checks/run-steps.mjs'
import { summarize } from './checks/summary.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'

/**
 * The slow one beside all the quick ones.
 * @type {readonly (readonly import('./checks/run-steps.mjs').Step[])[]}
 */
const readings = [
  [{ name: 'lint', script: 'lint' }],
  [
    { name: 'format', script: 'format:check' },
    { name: 'styles', script: 'lint:styles' },
    { name: 'unused code', script: 'lint:unused' },
    { name: 'types', script: 'typecheck' },
    { name: 'known advisories', script: 'advisories' },
  ],
]

/** @type {readonly import('./checks/run-steps.mjs').Step[]} */
const steps = [
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
  const summary = summarize([...(await runBeside(readings)), ...(await runSteps(steps))])
  process.stdout.write(`\n${summary.text}\n`)
  process.exitCode = summary.failed === 0 ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
