// npm run advisories: compares what is locked with the advisories kept here. Needs no network, and says how old they are.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname, '..')
/** @typedef {{ id: string, package: string, from: string, fixedIn: string, what: string }} Advisory */

/**
 * Every copy that is installed, whatever needs it: what is bundled is not told apart from what only tests use.
 * @param {Readonly<Record<string, { version?: string }>>} packages of package-lock.json
 * @param {readonly Advisory[]} advisories
 */
export function findAffected(packages, advisories) {
  return Object.entries(packages).flatMap(([place, { version = '' }]) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return advisories
      .filter((one) => one.package === name && isWithin(version, one))
      .map(({ id, fixedIn, what }) => `${place} ${version}: ${id}, ${what}. Mended in ${fixedIn}.`)
  })
}

/** @param {string} version @param {Advisory} advisory */
function isWithin(version, { from, fixedIn }) {
  return compare(version, from) >= 0 && compare(version, fixedIn) < 0
}

/** A version before a release counts as older than it. @param {string} a @param {string} b */
function compare(a, b) {
  const [left, right] = [a, b].map((version) => version.split('-', 1)[0]?.split('.').map(Number) ?? [])
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(b.includes('-')) - Number(a.includes('-'))
}

function run() {
  const known = JSON.parse(readFileSync(path.join(root, 'scripts/advisories/known.json'), 'utf8'))
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  const affected = findAffected(packages, known.advisories)
  const days = Math.floor((Date.now() - Date.parse(known.collectedOn)) / 86_400_000)
  process.stdout.write(
    `${known.advisories.length} advisories, collected on ${known.collectedOn} (${days} days ago). ${known.coverage}\n`,
  )
  for (const line of affected) process.stdout.write(`${line}\n`)
  process.exitCode = affected.length === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) run()
