import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import { test as base } from './fixtures.ts'

export { expect } from './fixtures.ts'

export const test = base.extend<{ readonly folder: string; readonly ana: ContactHandle }>({
  /** A customer whose conversation is open. */
  ana: async ({ desk, simulator }, use) => {
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    await desk.meet(ana)
    await use(ana)
  },
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'parley-files-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})
