import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface PrivateAuthority {
  /** PEM text. */
  readonly certificate: string
  /** For a server of these names, signed by this authority. `days` before now for one that is over. */
  issue(names: readonly string[]): { readonly key: string; readonly cert: string }
  dispose(): void
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const

/** An authority that nobody but the test knows, as a company's own. */
export function createPrivateAuthority(): PrivateAuthority {
  const folder = mkdtempSync(path.join(tmpdir(), 'authority-'))
  const openssl = (...words: readonly string[]): void => {
    execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
  }
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8')
  const keyUsage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Tests',
    ...keyUsage,
  )
  return {
    certificate: read('ca.pem'),
    issue(names) {
      const subject = [
        '-subj',
        `/CN=${names[0] ?? ''}`,
        '-addext',
        `subjectAltName=${names.map(altName).join(',')}`,
      ]
      openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', ...subject)
      const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy']
      openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', '-days', '2', ...signed)
      return { key: read('server.key'), cert: read('server.pem') }
    },
    dispose() {
      rmSync(folder, { recursive: true })
    },
  }
}

function altName(name: string): string {
  return /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`
}
