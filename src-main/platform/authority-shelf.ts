import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { DeskError } from '#shared/failure.ts'
import type { ShownAuthority } from '#shared/instance-settings.ts'
import { readAuthorities } from './authorities.ts'
import type { Authority } from './client-settings.ts'

/** What the dialog asks for. */
export const certificateFile = {
  title: 'Add a certificate',
  extensions: ['pem', 'crt', 'cer', 'der'],
  typeName: 'Certificates',
}

/** A whole bundle of public authorities has a quarter of this. */
const mostBytes = 1024 * 1024

/** Names certificates by what they hold. Those somebody has picked wait here until they are saved. */
export class AuthorityShelf {
  readonly #picked = new Map<string, Authority>()

  /** Keeps the text itself: the file may go. Throws 'file-unreadable'. */
  pick(file: string): ShownAuthority {
    const pem = readCertificates(file).join('\n')
    const authority = { pem }
    this.#picked.set(authorityId(authority), authority)
    return showAuthority(authority)
  }

  picked(id: string): Authority | undefined {
    return this.#picked.get(id)
  }
}

export function authorityId(authority: Authority): string {
  const what = 'pem' in authority ? authority.pem : `file ${authority.file}`
  return createHash('sha256').update(what).digest('hex')
}

export function showAuthority(authority: Authority): ShownAuthority {
  const shown = {
    authorityId: authorityId(authority),
    fileName: 'file' in authority ? path.basename(authority.file) : null,
  }
  try {
    return { ...shown, certificates: readAuthorities([authority]).map(describe), trouble: null }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return {
      ...shown,
      certificates: [],
      trouble: 'It cannot be read, so nothing of this instance is reached.',
    }
  }
}

function readCertificates(file: string): readonly string[] {
  const name = path.basename(file)
  const bytes = read(file, name)
  const text = bytes.toString('latin1')
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    try {
      return readAuthorities([{ pem: text }])
    } catch {
      throw none(name)
    }
  }
  try {
    // The other form that certificates come in.
    return [new X509Certificate(bytes).toString()]
  } catch {
    throw none(name)
  }
}

function read(file: string, name: string): Buffer {
  try {
    if (statSync(file).size <= mostBytes) return readFileSync(file)
  } catch {
    throw new DeskError('file-unreadable', `${name} cannot be read.`)
  }
  throw none(name)
}

function none(name: string): DeskError {
  return new DeskError('file-unreadable', `${name} holds no certificate that can be read.`)
}

function describe(pem: string): ShownAuthority['certificates'][number] {
  const { subject, validTo } = new X509Certificate(pem)
  const expiresAt = Date.parse(validTo)
  return { subject: shortName(subject), expiresAt: Number.isNaN(expiresAt) ? null : expiresAt }
}

/** One line per part, such as "CN=Company root". */
function shortName(subject: string): string {
  const parts = subject.split('\n')
  const named = ['CN=', 'O='].map((start) =>
    parts.find((part) => part.startsWith(start))?.slice(start.length),
  )
  return named.find((name) => name !== undefined) ?? parts.join(', ')
}
