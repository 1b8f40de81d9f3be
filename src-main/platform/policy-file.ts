import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface PolicyText {
  readonly file: string
  /** Null when the file is there and cannot be read. */
  readonly text: string | null
}

/** The first policy file there is, null where nobody has put one. */
export function findPolicy(places: readonly string[]): PolicyText | null {
  const file = places.find((place) => existsSync(place))
  if (file === undefined) return null
  try {
    return { file, text: readFileSync(file, 'utf8') }
  } catch {
    // Not for this user, or a folder: the administrator hears of it all the same.
    return { file, text: null }
  }
}

/** Places that only an administrator can write to. */
export function policyPlaces(resources: string, platform: NodeJS.Platform): readonly string[] {
  const shipped = path.join(resources, 'policy.json')
  return platform === 'linux' ? ['/etc/parley/policy.json', shipped] : [shipped]
}
