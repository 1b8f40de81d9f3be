import type { IncomingMessage } from 'node:http'
import { originOfStorageAnswer } from './answer-origin.ts'
import { answeredByGateway, ServiceError } from './service-error.ts'

/** A refusal in XML fits in this; a page is told by its beginning. */
const longestRefusal = 16 * 1024

/**
 * What the file storage has against a call, null when it did what was asked. Throws nothing: an answer that stops
 * half-way is judged by what came of it.
 */
export async function storageTrouble(
  answer: IncomingMessage,
  refusal: (status: number) => string,
): Promise<ServiceError | null> {
  const status = answer.statusCode ?? 0
  const isSuccess = status >= 200 && status < 300
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
  const body = isSuccess ? new Uint8Array() : await beginningOf(answer)
  const origin = originOfStorageAnswer({ status, headers, body })
  if (origin.by === 'gateway') {
    return answeredByGateway("the file's address", { status, name: origin.name }, 'the file storage')
  }
  if (isSuccess) return null
  if (isPassing(status))
    return new ServiceError('service-unavailable', 'The file storage has a problem. Try again in a moment.', {
      status,
    })
  return new ServiceError('storage-refused', refusal(status), { status })
}

/** It says nothing about the file: the storage is busy, moved for a while, or lost patience. */
function isPassing(status: number): boolean {
  return status >= 500 || status < 400 || status === 408 || status === 429
}

async function beginningOf(answer: IncomingMessage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= longestRefusal) break
    }
  } catch {
    // Cut off: what came has to do.
  }
  return Buffer.concat(pieces)
}
