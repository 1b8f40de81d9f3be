import process from 'node:process'

const oldest = { major: 20, minor: 19 }

/** Says what is wrong in words, before the first syntax error does. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return
  throw new Error(`Parley needs Node ${oldest.major}.${oldest.minor} or newer. This is Node ${version}.`)
}
