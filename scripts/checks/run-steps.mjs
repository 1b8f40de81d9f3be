import path from 'node:path'
import process from 'node:process'
import { npmCommand } from '../electron-runtime/fetch-package.mjs'
import { runForwardingSignals } from '../system/run.mjs'
import { countTests } from './summary.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * @typedef {{ name: string, script: string, needs?: string }} Step
 *   one script of package.json; `needs` names the step without which it means nothing
 * @typedef {{ name: string, state: 'ran', exitCode: number, seconds: number, passed: number, failed: number }
 *   | { name: string, state: 'skipped' }} Outcome
 */

/**
 * Runs all steps, also after one has failed: one run tells everything that is wrong.
 * @param {readonly Step[]} steps
 */
export async function runSteps(steps) {
  /** @type {Outcome[]} */
  const outcomes = []
  for (const step of steps) {
    const base = outcomes.find((outcome) => outcome.name === step.needs)
    outcomes.push(base && !succeeded(base) ? { name: step.name, state: 'skipped' } : await runStep(step))
  }
  return outcomes
}

/** @param {Outcome} outcome */
function succeeded(outcome) {
  return outcome.state === 'ran' && outcome.exitCode === 0
}

/** @param {Step} step @returns {Promise<Outcome>} */
async function runStep({ name, script }) {
  process.stdout.write(`\n== ${name} ==\n`)
  const started = performance.now()
  /** @type {Buffer[]} */
  const output = []
  const { command, leading } = npmCommand()
  const exitCode = await runForwardingSignals([command, ...leading, 'run', '--silent', script], {
    cwd: root,
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
    onOutput: (chunk) => output.push(chunk),
  })
  const seconds = (performance.now() - started) / 1000
  return { name, state: 'ran', exitCode, seconds, ...countTests(Buffer.concat(output).toString(), exitCode) }
}
