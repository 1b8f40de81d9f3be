import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const claims = [...readFileSync('SECURITY.md', 'utf8').matchAll(/^\|.*\| `([^`]+)`: (.*?) *\|$/gm)]
/** Prettier may wrap what a test is called; a title may be put together of two. @param {string} text */
const asOneLine = (text) => text.replace(/\s+/g, ' ').replaceAll("\\'", "'")

it('SECURITY.md makes claims', () => {
  expect(claims.length).toBeGreaterThan(15)
})

it.each(claims.map(([, file = '', title = '']) => ({ file, title })))(
  '[K5] $file still holds "$title"',
  ({ file, title }) => {
    expect(asOneLine(readFileSync(file, 'utf8'))).toContain(title)
  },
)
