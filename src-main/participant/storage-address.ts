import { isLoopback } from './instance-checks.ts'
import { ServiceError } from './service-error.ts'

/**
 * The signed address of a file as the service named it. Files go encrypted or stay on this computer; anything else
 * throws 'storage-refused', before a connection is made.
 */
export function readStorageAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === null || !isSafe) {
    throw new ServiceError('storage-refused', 'The service named a file storage that cannot be used.')
  }
  return url
}
