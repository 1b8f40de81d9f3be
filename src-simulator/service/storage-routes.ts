import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Attachment } from '../room/attachment.ts'
import type { World } from '../world.ts'
import type { Reply } from './http.ts'
import { gatewayReply } from './gateway.ts'
import { untilReleased } from './hanging.ts'
import { cors, cut, headerOf, pathOf, readBody, reset, write, xml } from './http.ts'
import type { Signature } from './pretend-storage.ts'
import { safeSubset } from './request-log.ts'

/** The share of an upload that `storage-cut` lets through. */
const cutAt = 0.6
/** How long a file waits under the `slow` fault when it does not say. */
const slowMs = 2000

/** The bucket: takes PUTs exactly as they were signed, gives GETs until they expire. */
export async function answerStorage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const operation = request.method === 'PUT' ? 'PutObject' : 'GetObject'
  const signature = world.storage.find(pathOf(request).searchParams.get('X-Amz-Signature'))
  const contactId = signature?.attachment.key.split('/')[0]
  const entry = world.requests.open({ operation, contactId, headers: safeSubset(request.headers) })
  const reply = await produce(world, request, { signature, operation, contactId })
  entry.close(reply.kind === 'cut' ? 0 : reply.status)
  write(response, reply, world.clock.now())
}

type Attempt = Readonly<{
  signature: Signature | undefined
  operation: 'PutObject' | 'GetObject'
  contactId: string | undefined
}>

async function produce(world: World, request: IncomingMessage, attempt: Attempt): Promise<Reply> {
  const { signature, operation } = attempt
  const room = world.directory.room(attempt.contactId ?? '')
  const scope = { contactIds: room?.contactIds, operation }
  const named = { ...scope, isAside: true }
  const { faults } = world
  if (faults.take('refuse-connections', scope)) return cut
  if (faults.take('storage-403', scope))
    return refuseAfterReading(request, 'AccessDenied', 'Request has expired')
  const hanging = faults.take('hang', named)
  if (hanging) {
    await untilReleased(world, { fault: hanging, caller: request })
    return cut
  }
  const slow = faults.take('slow', named)
  if (slow) await new Promise<void>((resolve) => world.clock.after(slow.durationMs ?? slowMs, resolve))
  const gateway = faults.take('gateway', named)
  if (gateway) {
    await readBody(request, Infinity)
    return gatewayReply(gateway, world.address.http)
  }
  const failing = faults.take('http-error', named)
  if (failing) {
    request.resume()
    return xml(failing.status ?? 500, 'InternalError', 'We encountered an internal error. Try again.')
  }
  if (!signature || signature.method !== request.method)
    return refuseAfterReading(request, 'SignatureDoesNotMatch', 'The request signature does not match.')
  if (world.clock.now() >= signature.expiresAt)
    return refuseAfterReading(request, 'AccessDenied', 'Request has expired')
  if (signature.method === 'GET') return give(signature.attachment)
  if (faults.take('storage-cut', scope)) return cutPartWay(request, signature.attachment.size)
  const reply = await receive(request, signature.attachment)
  return faults.take('lose-response', named) ? cut : reply
}

function give(attachment: Attachment): Reply {
  if (!attachment.bytes) return xml(404, 'NoSuchKey', 'The specified key does not exist.')
  return {
    kind: 'answer',
    status: 200,
    headers: {
      ...cors,
      etag: `"${attachment.id}"`,
      'content-type': attachment.contentType,
      'content-disposition': asBytes(attachment.headersToInclude['Content-Disposition'] ?? 'attachment'),
    },
    body: attachment.bytes,
  }
}

async function receive(request: IncomingMessage, attachment: Attachment): Promise<Reply> {
  attachment.puts += 1
  const declared = headerOf(request, 'content-length')
  if (declared === undefined)
    return refuseAfterReading(request, 'MissingContentLength', 'Content-Length is required.', 411)
  const wrong = Object.entries(attachment.headersToInclude).find(
    ([name, value]) => !isAsSigned(headerOf(request, name.toLowerCase()), value),
  )
  if (wrong)
    return refuseAfterReading(
      request,
      'SignatureDoesNotMatch',
      `The header ${wrong[0]} is not as it was signed.`,
    )
  const unsigned = unsignedHeader(request, attachment)
  if (unsigned !== undefined)
    return refuseAfterReading(request, 'AccessDenied', `The header ${unsigned} was not signed.`)
  const bytes = await readBody(request, attachment.size)
  if (bytes?.length !== attachment.size) return cut
  attachment.bytes = bytes
  return { kind: 'answer', status: 200, headers: { ...cors, etag: `"${attachment.id}"` }, body: '' }
}

/** Node writes a header one byte a letter. */
const asBytes = (header: string): string => Buffer.from(header, 'utf8').toString('latin1')

/** Signed as UTF-8, byte for byte; Node reads the bytes of a header one letter each. */
function isAsSigned(header: string | undefined, signed: string): boolean {
  return header !== undefined && header === asBytes(signed)
}

/** As the real storage: what it would act on and nobody signed makes the request another one. */
function unsignedHeader(request: IncomingMessage, { headersToInclude }: Attachment): string | undefined {
  const signed = new Set(Object.keys(headersToInclude).map((name) => name.toLowerCase()))
  return Object.keys(request.headers).find((name) => name.startsWith('x-amz-') && !signed.has(name))
}

/** Takes part of the body, then resets the connection. */
async function cutPartWay(request: IncomingMessage, size: number): Promise<Reply> {
  let received = 0
  await new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received >= size * cutAt) resolve()
    })
    request.once('end', resolve)
    request.once('error', () => resolve())
  })
  reset(request)
  return cut
}

/** A refusal is sent when the body has been taken in, so that the sender reads it instead of a reset. */
async function refuseAfterReading(
  request: IncomingMessage,
  ...[code, message, status = 403]: [code: string, message: string, status?: number]
): Promise<Reply> {
  await readBody(request, Infinity)
  return xml(status, code, message)
}
