/** What an upload into Amazon's storage may say of its object. Anything else is the connection's own business. */
const plain: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-md5',
  'content-type',
  'expires',
])
const amazon = /^x-amz-(?!security-token$|bearer$|date$|content-sha256$)[a-z\d_-]+$/

/**
 * The headers of a ticket that are sent, as bytes. Whom the request goes to, who asks, and where its body ends is not
 * for the service to say; its length is that of the file.
 */
export function uploadHeaders(
  asked: Readonly<Record<string, string>>,
  bytes: number,
): Record<string, string> {
  const allowed = Object.entries(asked).filter(([name]) => {
    const lower = name.toLowerCase()
    return plain.has(lower) || amazon.test(lower)
  })
  return {
    ...Object.fromEntries(allowed.map(([name, value]) => [name, asHeaderBytes(value)])),
    'Content-Length': String(bytes),
  }
}

/** Node writes a header one byte a letter; the storage signed UTF-8 and compares bytes. */
function asHeaderBytes(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1')
}
