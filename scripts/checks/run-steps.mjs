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
 * @returns {Promise<Outcome[]>}
 */
export async function runSteps(steps) {
  /** @type {Outcome[]} */
  const outcomes = []
  for (const step of steps) {
    const base = outcomes.find((outcome) => outcome.name === step.needs)
    if (base && !succeeded(base)) outcomes.push({ name: step.name, state: 'skipped' })
    else {
      printHead(step)
      outcomes.push(await runStep(step))
    }
  }
  return outcomes
}

/**
 * Runs rows of steps beside each other: for checks that measure no time. What each prints comes in one piece.
 * @param {readonly (readonly Step[])[]} rows
 * @returns {Promise<Outcome[]>}
 */
export async function runBeside(rows) {
  const outcomes = await Promise.all(
    rows.map(async (steps) => {
      /** @type {Outcome[]} */
      const own = []
      for (const step of steps) {
        /** @type {Buffer[]} */
        const output = []
        own.push(await runStep(step, output))
        printHead(step)
        process.stdout.write(Buffer.concat(output))
      }
      return own
    }),
  )
  return outcomes.flat()
}

/** @param {Outcome} outcome */
function succeeded(outcome) {
  return outcome.state === 'ran' && outcome.exitCode === 0
}

/** @param {Step} step */
function printHead({ name }) {
  process.stdout.write(`\n== ${name} ==\n`)
}

/**
 * @param {Step} step
 * @param {Buffer[]} [held] takes what the step prints instead of the terminal
 * @returns {Promise<Outcome>}
 */
async function runStep({ name, script }, held) {
  const started = performance.now()
  const output = held ?? []
  const { command, leading } = npmCommand()
  const exitCode = await runForwardingSignals([command, ...leading, 'run', '--silent', script], {
    cwd: root,
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
    onOutput: (chunk) => {
      output.push(chunk)
      if (held === undefined) process.stdout.write(chunk)
    },
  })
  const seconds = (performance.now() - started) / 1000
  return { name, state: 'ran', exitCode, seconds, ...countTests(Buffer.concat(output).toString(), exitCode) }
}
