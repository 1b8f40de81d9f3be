import { stripVTControlCharacters } from 'node:util'

/** @typedef {import('./run-steps.mjs').Outcome} Outcome */

/**
 * Test counts as Vitest and Playwright print them; a check without tests counts as one.
 * @param {string} output
 * @param {number} exitCode
 */
export function countTests(output, exitCode) {
  const text = stripVTControlCharacters(output)
  const passed = sum(text, /^ *(?:Tests +)?(?:\d+ failed \| )?(\d+) passed\b.*$/gm)
  const failed = sum(text, /^ *(?:Tests +)?(\d+) (?:failed|flaky|did not run|interrupted)\b.*$/gm)
  if (passed + failed === 0) return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  return { passed, failed: exitCode === 0 ? failed : Math.max(1, failed) }
}

/** @param {readonly Outcome[]} outcomes */
export function summarize(outcomes) {
  const counts = outcomes.map((outcome) =>
    outcome.state === 'ran' ? outcome : { ...outcome, passed: 0, failed: 1 },
  )
  const passed = counts.reduce((total, count) => total + count.passed, 0)
  const failed = counts.reduce((total, count) => total + count.failed, 0)
  const closing = `${passed} passed, ${failed} failed`
  return { passed, failed, text: [...table(outcomes), '', closing].join('\n') }
}

/** @param {readonly Outcome[]} outcomes */
function table(outcomes) {
  const width = Math.max(...outcomes.map(({ name }) => name.length), 4)
  return [
    `${'step'.padEnd(width)}  exit  seconds   passed   failed`,
    ...outcomes.map((outcome) => `${outcome.name.padEnd(width)}  ${columns(outcome)}`),
  ]
}

/** @param {Outcome} outcome */
function columns(outcome) {
  if (outcome.state === 'skipped') return 'skipped'
  const { exitCode, seconds, passed, failed } = outcome
  const cells = [String(exitCode).padStart(4), seconds.toFixed(1).padStart(7)]
  return [...cells, String(passed).padStart(7), String(failed).padStart(7)].join('  ')
}

/** @param {string} text @param {RegExp} pattern */
function sum(text, pattern) {
  return [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0)
}
