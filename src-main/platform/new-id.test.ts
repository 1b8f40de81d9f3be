import { expect, it } from 'vitest'
import { newId } from './new-id.ts'

it('makes ids that fit everywhere an id goes, none of them twice', () => {
  const ids = new Set(Array.from({ length: 1000 }, newId))

  expect(ids.size).toBe(1000)
  expect([...ids].every((id) => /^[0-9a-f-]{36}$/.test(id))).toBe(true)
})
