import { it } from 'vitest'
import { keepPromises } from './keep-promises.ts'

it('keeps every promise in thousands of others', { timeout: 300_000 }, async () => {
  await keepPromises(20_261_122)
})
