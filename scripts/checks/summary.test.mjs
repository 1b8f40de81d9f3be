import { expect, it } from 'vitest'
import { countTests, summarize } from './summary.mjs'

it('counts what Vitest reports', () => {
  const output =
    ' Test Files  1 failed | 4 passed (5)\n      Tests  2 failed | 87 passed (89)\n   Duration  2.27s\n'

  expect(countTests(output, 1)).toEqual({ passed: 87, failed: 2 })
})

it('counts what Vitest reports in colour', () => {
  const output =
    '\u001b[2m Test Files \u001b[22m \u001b[32m5 passed\u001b[39m (5)\n\u001b[2m      Tests \u001b[22m \u001b[32m88 passed\u001b[39m (88)\n'

  expect(countTests(output, 0)).toEqual({ passed: 88, failed: 0 })
})

it('counts what Playwright reports', () => {
  const output =
    '  1 failed\n    [e2e] › send.spec.ts:3:1 › sends\n  1 flaky\n    x\n  2 did not run\n  12 passed (18.1s)\n'

  expect(countTests(output, 1)).toEqual({ passed: 12, failed: 4 })
})

it('takes a check without tests for one', () => {
  expect(countTests('All matched files use Prettier code style!\n', 0)).toEqual({ passed: 1, failed: 0 })
  expect(countTests('3 problems\n', 1)).toEqual({ passed: 0, failed: 1 })
})

it('never reports success for a step that failed after its tests', () => {
  expect(countTests('  12 passed (18.1s)\n', 1)).toEqual({ passed: 12, failed: 1 })
})

it('ends with one plain line of sums', () => {
  const { text, failed } = summarize([
    { name: 'lint', state: 'ran', exitCode: 0, seconds: 6.04, passed: 1, failed: 0 },
    { name: 'build', state: 'ran', exitCode: 1, seconds: 2, passed: 0, failed: 1 },
    { name: 'end to end', state: 'skipped' },
  ])

  expect(failed).toBe(2)
  expect(text).toBe(
    [
      'step        exit  seconds   passed   failed',
      'lint           0      6.0        1        0',
      'build          1      2.0        0        1',
      'end to end  skipped',
      '',
      '1 passed, 2 failed',
    ].join('\n'),
  )
})
