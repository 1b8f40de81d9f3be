import { it } from 'vitest'
import { keepPromises, worldSeed } from './keep-promises.ts'

it('keeps every promise in thousands of simulated worlds', { timeout: 300_000 }, async () => {
  await keepPromises(worldSeed)
})
