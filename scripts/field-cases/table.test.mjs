import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rows } from './rows.mjs'
import { renderTable, testsByRow } from './table.mjs'

it('docs/field-cases.md is what the tests say', async () => {
  expect(readFileSync('docs/field-cases.md', 'utf8')).toBe(await renderTable())
})

it('every row that a test names is known', () => {
  const known = new Set(rows.map(({ row }) => row))
  expect([...testsByRow().keys()].filter((row) => !known.has(row))).toEqual([])
})
