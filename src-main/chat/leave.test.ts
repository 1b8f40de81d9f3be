import { describe, expect, it } from 'vitest'
import type { FailureCode } from '#shared/failure.ts'
import { codeOf, ServiceError } from '../participant/service-error.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { leave } from './leave.ts'

const refusal = (code: FailureCode, status?: number) =>
  new ServiceError(code, 'No.', status === undefined ? {} : { status })
const lost = () => refusal('unreachable')

/** Somebody who leaves while these things go wrong, one after the other; `takes` is how long an answer needs. */
function aLeaver(troubles: readonly ServiceError[], { takes = 0, isOutAfter = Infinity } = {}) {
  const clock = new ManualClock()
  const tokens: string[] = []
  let ids = 0
  const disconnect = async (clientToken: string): Promise<void> => {
    tokens.push(clientToken)
    await new Promise<void>((resolve) => clock.after(takes, resolve))
    const trouble = troubles[tokens.length - 1]
    if (trouble !== undefined) throw trouble
  }
  const left = leave({
    clock,
    disconnect,
    backoff: () => 100,
    newId: () => `id-${(ids += 1)}`,
    isOut: () => tokens.length >= isOutAfter,
  }).then(
    () => 'left',
    (error: unknown) => codeOf(error),
  )
  return { tokens, left: async () => (await clock.advance(60_000), left) }
}

describe('leaving', () => {
  it('is tried again after passing trouble, under the same client token', async () => {
    const { tokens, left } = aLeaver([lost(), refusal('throttled', 429)])

    expect(await left()).toBe('left')
    expect(tokens).toEqual(['id-1', 'id-1', 'id-1'])
  })

  it('is given up after three tries', async () => {
    const { tokens, left } = aLeaver([lost(), lost(), lost(), lost()])

    expect(await left()).toBe('unreachable')
    expect(tokens).toHaveLength(3)
  })

  it('does not keep the agent waiting for another silence', async () => {
    const { tokens, left } = aLeaver([refusal('timed-out'), refusal('timed-out')], { takes: 10_000 })

    expect(await left()).toBe('timed-out')
    expect(tokens).toHaveLength(1)
  })

  it('is done when the service no longer knows us', async () => {
    const { left } = aLeaver([lost(), refusal('denied', 403)])

    expect(await left()).toBe('left')
  })

  it('is done when the chat has ended, whatever became of the answer', async () => {
    const { tokens, left } = aLeaver([lost(), lost()], { isOutAfter: 1 })

    expect(await left()).toBe('left')
    expect(tokens).toHaveLength(1)
  })

  it('is not tried again when it was refused for what it is', async () => {
    const { tokens, left } = aLeaver([refusal('refused', 400)])

    expect(await left()).toBe('refused')
    expect(tokens).toHaveLength(1)
  })
})
