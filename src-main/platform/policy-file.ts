import { existsSync } from 'node:fs'
import path from 'node:path'
import { EncodingError, readTextFile } from './text-file.ts'

export interface PolicyText {
  readonly file: string
  /** Null when the file is there and cannot be read. */
  readonly text: string | null
  /** Why not, where it is known. */
  readonly reason?: string
}

/** The first policy file there is, null where nobody has put one. */
export function findPolicy(places: readonly string[]): PolicyText | null {
  const file = places.find((place) => existsSync(place))
  if (file === undefined) return null
  try {
    return { file, text: readTextFile(file) }
  } catch (error) {
    if (error instanceof EncodingError) return { file, text: null, reason: error.message }
    // Not for this user, or a folder: the administrator hears of it all the same.
    return { file, text: null }
  }
}

/** Places that only an administrator can write to. */
export function policyPlaces(resources: string, platform: NodeJS.Platform): readonly string[] {
  const shipped = path.join(resources, 'policy.json')
  return platform === 'linux' ? ['/etc/parley/policy.json', shipped] : [shipped]
}
