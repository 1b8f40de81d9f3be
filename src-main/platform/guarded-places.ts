/**
 * Folders and files that hold what opens other doors: keys, passwords, cookies. Nobody sends one of these to a
 * customer on purpose. Named by how their path goes, wherever it begins, so that a copy of a home is guarded as well.
 */
const keyPlaces: readonly string[] = [
  '.ssh',
  '.aws',
  '.azure',
  '.gnupg',
  '.kube',
  '.docker',
  '.password-store',
  '.pki',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.npmrc',
  '.pypirc',
  '.git-credentials',
  '.config/gh',
  '.config/gcloud',
  '.config/op',
  '.local/share/keyrings',
  '.local/share/kwalletd',
  '.gnome2/keyrings',
  'library/keychains',
  'appdata/roaming/gnupg',
  'appdata/roaming/gcloud',
  'microsoft/credentials',
  'microsoft/crypto',
  'microsoft/protect',
  'microsoft/systemcertificates',
  'microsoft/vault',
  'system32/config',
  'etc/ssh',
  'etc/ssl/private',
  'etc/shadow',
]

const browserPlaces: readonly string[] = [
  '.mozilla',
  '.thunderbird',
  '.librewolf',
  '.config/google-chrome',
  '.config/google-chrome-beta',
  '.config/chromium',
  '.config/bravesoftware',
  '.config/microsoft-edge',
  '.config/vivaldi',
  '.config/opera',
  'snap/firefox',
  'snap/chromium',
  '.var/app/org.mozilla.firefox',
  '.var/app/com.google.chrome',
  '.var/app/org.chromium.chromium',
  'application support/firefox',
  'application support/google/chrome',
  'application support/chromium',
  'application support/bravesoftware',
  'application support/microsoft edge',
  'library/cookies',
  'library/safari',
  'roaming/mozilla',
  'roaming/thunderbird',
  'roaming/opera software',
  'local/google/chrome/user data',
  'local/chromium/user data',
  'local/bravesoftware',
  'local/microsoft/edge/user data',
]

/** Not files that somebody made: the system itself, and what is plugged into it. */
const systemRoots: readonly string[] = [
  '/dev',
  '/proc',
  '/sys',
  '/run/secrets',
  '/run/credentials',
  // On macOS: any file by its number, and other computers by their names.
  '/.vol',
  '/net',
  '/network/servers',
]

export type Guard = 'profile' | 'keys' | 'browser' | 'device'

/** Why nothing of this place may leave, null when it may. `real`: absolute, and with every link followed. */
export function guardOf(real: string, profile: string): Guard | null {
  const words = wordsOf(real)
  if (startsWith(words, wordsOf(profile))) return 'profile'
  if (systemRoots.some((root) => startsWith(words, wordsOf(root)))) return 'device'
  if (passesThrough(words, keyPlaces)) return 'keys'
  return passesThrough(words, browserPlaces) ? 'browser' : null
}

/** A network share named outright, or a device: never opened, since asking alone tells who is asking. */
export function isForeignPath(file: string, platform: NodeJS.Platform = process.platform): boolean {
  // Windows takes either slash, and more than two of them.
  if (/^[\\/]{2}/.test(file) || /^[\\/]\?\?[\\/]/.test(file)) return true
  const words = wordsOf(file)
  // Another stream than the content of a file.
  if (platform === 'darwin') return words.includes('..namedfork')
  return platform === 'win32' && (/:.*:/s.test(file) || words.some((word) => device.test(word)))
}

/** Windows finds a device under these names in every folder, whatever ending they have. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*([.:].*)?$/

/** Without regard to case: most systems that have it here do not tell files apart by it. */
function wordsOf(file: string): readonly string[] {
  return (
    file
      .normalize('NFC')
      .toLowerCase()
      // The same folder as macOS names it from below.
      .replace(/^\/system\/volumes\/data(?=\/)/, '')
      .split(/[\\/]/)
      // Windows does not see dots and spaces at the end of a name.
      .map((word) => (/^\.*$/.test(word) ? word : word.replace(/[. ]+$/, '')))
      .filter((word) => word !== '')
  )
}

function passesThrough(words: readonly string[], places: readonly string[]): boolean {
  const joined = `/${words.join('/')}/`
  return places.some((place) => joined.includes(`/${place}/`))
}

function startsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.length > 0 && start.every((word, index) => words[index] === word)
}
