import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DeskError } from '#shared/failure.ts'
import type { Authority } from './client-settings.ts'

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** The certificates as PEM texts, each known to be one. Throws 'file-unreadable' with the file's name. */
export function readAuthorities(authorities: readonly Authority[]): readonly string[] {
  return authorities.flatMap((authority) => {
    const source =
      'file' in authority ? `The certificate file ${authority.file}` : 'A certificate in the settings'
    const found = certificatesIn('file' in authority ? read(authority.file, source) : authority.pem)
    if (found.length === 0 || !found.every(isCertificate)) {
      throw new DeskError(
        'file-unreadable',
        `${source} holds no certificate that can be read. Ask your administrator.`,
      )
    }
    return found
  })
}

export function certificatesIn(text: string): readonly string[] {
  return text.match(certificate) ?? []
}

function read(file: string, source: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new DeskError('file-unreadable', `${source} cannot be read. Ask your administrator.`)
  }
}

export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
