import { readFileSync, statSync } from 'node:fs'
import * as tls from 'node:tls'
import { z } from 'zod'
import { certificatesIn, isCertificate } from './authorities.ts'

/** What the operating system trusts, as its administrator left it. */
export interface SystemAuthorities {
  readonly certificates: readonly string[]
  /** False where it cannot be asked: the public authorities are trusted alone, and a sentence has to say so. */
  readonly wereRead: boolean
}

/** Where distributions keep everything they trust in one file: Debian, Fedora, openSUSE, Alpine, OpenSSL's own. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]
const mostBytes = 8 * 1024 * 1024

/**
 * Read anew at every call, so that a certificate added while Parley runs counts with the next change or restart.
 * Linux keeps files; elsewhere Node asks the keychain or the certificate store, where it can.
 */
export function readSystemAuthorities(
  platform: NodeJS.Platform = process.platform,
  files: readonly string[] = bundles,
): SystemAuthorities {
  const texts = platform === 'linux' ? readFirst(files) : askNode()
  if (texts === null) return { certificates: [], wereRead: false }
  const known = new Set(tls.rootCertificates.map(asOneLine))
  const certificates = texts.filter((pem) => !known.has(asOneLine(pem)) && isCertificate(pem))
  return { certificates, wereRead: true }
}

function readFirst(files: readonly string[]): readonly string[] | null {
  for (const file of files) {
    const text = read(file)
    if (text !== null) return certificatesIn(text)
  }
  return null
}

function read(file: string): string | null {
  try {
    const { size } = statSync(file)
    return size > 0 && size <= mostBytes ? readFileSync(file, 'latin1') : null
  } catch {
    return null
  }
}

/** Node 22.15 and later; the older runtime of development has no such question. */
function askNode(): readonly string[] | null {
  const ask: unknown = Reflect.get(tls, 'getCACertificates')
  if (typeof ask !== 'function') return null
  try {
    return z.array(z.string()).parse(Reflect.apply(ask, tls, ['system']))
  } catch {
    return null
  }
}

/** The same certificate may be wrapped differently. */
function asOneLine(pem: string): string {
  return pem.replace(/\s+/g, '')
}
