import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { DeskError } from '#shared/failure.ts'
import { syncFolder } from '../sync-file.ts'

export interface OpenFiles {
  readonly isVaultOpen: boolean
  readonly isDatabaseOpen: boolean
}

const setAside = /^(vault(-copy)?\.json|parley\.db)\.broken-/
const vault = /^vault(-copy)?\.json$/
const database = /^parley\.db(-wal|-shm|-journal|\.counts)?$/

/** Removes what earlier runs kept in this folder and this run could not open. Rejects with `DeskError`. */
export async function removeClosedFiles(
  folder: string,
  { isVaultOpen, isDatabaseOpen }: OpenFiles,
): Promise<void> {
  const isClosed = (name: string): boolean =>
    setAside.test(name) || (!isVaultOpen && vault.test(name)) || (!isDatabaseOpen && database.test(name))
  const found = await readdir(folder).catch(() => {
    throw new DeskError('read-only', `The folder ${folder} could not be looked through for saved files.`)
  })
  const names = found.filter(isClosed)
  const removals = await Promise.allSettled(names.map((name) => rm(path.join(folder, name))))
  // One that comes back with a power cut was not removed.
  if (names.length > 0) syncFolder(folder)
  const stuck = names.filter((_, index) => removals[index]?.status === 'rejected')
  if (stuck.length > 0)
    throw new DeskError('read-only', `These files could not be removed from ${folder}: ${stuck.join(', ')}.`)
}
