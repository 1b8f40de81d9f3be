import path from 'node:path'
import { numbered } from './safe-name.ts'

/** A few letters and figures, not figures alone: a date or a version at the end of a name is no ending. */
const ending = /\.(?=[0-9]*[a-z])[a-z0-9]{1,6}$/i

/**
 * Dialogs on Linux do not add the ending of what is saved, and without it nothing opens the file. The person confirmed
 * only the name without it, so a file that has the whole name already is not written over.
 */
export function withEnding(file: string, extension: string, exists: (file: string) => boolean): string {
  if (extension === '*' || extension === '' || ending.test(path.basename(file))) return file
  const folder = path.dirname(file)
  const name = `${path.basename(file).replace(/\.$/, '')}.${extension}`
  return path.join(
    folder,
    numbered(name, (candidate) => exists(path.join(folder, candidate))),
  )
}
