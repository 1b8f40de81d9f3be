import { expect, it } from 'vitest'
import { progressLine, startProgress } from './progress.mjs'

it('draws the share that is done', () => {
  expect(progressLine('Fetching', 50e6, 200e6)).toBe(
    `Fetching ${'█'.repeat(7)}${'░'.repeat(21)}  25 % of 200 MB`,
  )
})

it('never shows more than all of it', () => {
  expect(progressLine('Fetching', 300e6, 200e6)).toContain('100 % of 200 MB')
})

it('writes a line for each quarter where there is no terminal', () => {
  const written = aStream({ isTTY: false })
  const progress = startProgress('Fetching', written)

  for (const done of [10, 30, 40, 60, 100]) progress.advance(done * 1e6, 100e6)
  progress.end('done')

  expect(written.text()).toBe(
    'Fetching: 25 % of 100 MB\nFetching: 50 % of 100 MB\nFetching: 100 % of 100 MB\nFetching: done\n',
  )
})

it('redraws one line on a terminal', () => {
  const written = aStream({ isTTY: true })
  const progress = startProgress('Fetching', written)

  progress.advance(1e6, 100e6)
  progress.end('done')

  expect(written.text()).toMatch(/^\r\u001b\[KFetching .* 1 % of 100 MB\r\u001b\[KFetching: done\n$/)
})

/** @param {{ isTTY: boolean }} options */
function aStream({ isTTY }) {
  let written = ''
  return {
    isTTY,
    write: (/** @type {string} */ text) => (written += text),
    text: () => written,
  }
}
