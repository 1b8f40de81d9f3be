import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Reply } from '../service/http.ts'
import { json, readBody } from '../service/http.ts'
import type { World } from '../world.ts'
import type { FeedEvent } from './offers.ts'

export const feedPath = '/simulator/feed'

const keepAliveMs = 15_000

const WrapUpBody = z.object({ disposition: z.string().optional(), notes: z.string().optional() })

/**
 * The contact feed. `GET` is a server-sent-events stream: `offer` with an OfferNotice (open ones first, on every
 * connection) and `closed` with `{offerId, contactId, reason}`. Answers are POSTs:
 * `offers/{offerId}/accept` 200 with an Acceptance or 409 `{reason}`, `offers/{offerId}/reject` 204,
 * `contacts/{contactId}/wrap-up` 204.
 */
export async function answerFeed(
  world: World,
  request: IncomingMessage,
  path: readonly string[],
): Promise<Reply | undefined> {
  if (request.method !== 'POST') return undefined
  const [kind, id = '', verb] = path
  if (kind === 'contacts' && verb === 'wrap-up') {
    const body = await readBody(request, 65_536)
    const note = WrapUpBody.safeParse(body && body.length > 0 ? JSON.parse(body.toString()) : {})
    if (!note.success) return json(400, { message: note.error.message })
    world.offers.wrapUp(id, note.data)
    return nothing
  }
  if (kind !== 'offers') return undefined
  request.resume()
  if (world.offers.stateOf(id) === undefined) return json(404, { message: 'No such offer' })
  if (verb === 'accept') {
    const acceptance = world.offers.accept(id)
    return acceptance ? json(200, acceptance) : tooLate(world, id)
  }
  if (verb === 'reject') return world.offers.reject(id) ? nothing : tooLate(world, id)
  return undefined
}

const nothing: Reply = { kind: 'answer', status: 204, headers: {}, body: '' }

const tooLate = (world: World, offerId: string): Reply =>
  json(409, { reason: world.offers.stateOf(offerId), message: 'The offer is no longer open' })

/** Holds the stream open until the reader leaves or the fault `drop-sockets` on `Feed` cuts it. */
export function streamFeed(world: World, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  })
  response.write('retry: 1000\n\n')
  const stopListening = world.offers.onEvent((event) => response.write(frameOf(event)))
  for (const offer of world.offers.open) response.write(frameOf({ type: 'offer', offer }))
  let stopTimer = world.clock.after(keepAliveMs, beat)
  function beat(): void {
    response.write(': still here\n\n')
    stopTimer = world.clock.after(keepAliveMs, beat)
  }
  const stopFault = world.faults.onStart(({ kind, operation }) => {
    if (kind === 'drop-sockets' && operation === 'Feed') response.destroy()
  })
  response.once('close', () => {
    stopFault()
    stopListening()
    stopTimer()
  })
}

function frameOf(event: FeedEvent): string {
  const { type, ...rest } = event
  const payload = 'offer' in rest ? rest.offer : rest
  return `event: ${type}\ndata: ${JSON.stringify(payload)}\n\n`
}
