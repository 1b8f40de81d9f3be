import { expect, it } from 'vitest'
import { findAffected } from './advisories.mjs'

const advisory = { id: 'GHSA-x', package: 'ws', from: '8.0.0', fixedIn: '8.17.1', what: 'it stops' }

it.each([
  ['node_modules/ws', '8.17.0', 1],
  ['node_modules/a/node_modules/ws', '8.0.0', 1],
  ['node_modules/ws', '8.17.1-beta.1', 1],
  ['node_modules/ws', '8.17.1', 0],
  ['node_modules/ws', '8.23.0', 0],
  ['node_modules/ws', '7.5.10', 0],
  ['node_modules/@types/ws', '8.1.0', 0],
])('tells of %s %s', (place, version, count) => {
  expect(findAffected({ [place]: { version } }, [advisory])).toHaveLength(count)
})
