import { describe, expect, it } from 'vitest'
import { requests, type Handlers, type RequestName } from '#shared/contract.ts'
import { DeskError } from '#shared/failure.ts'
import type { Log, LogFields } from '../platform/log.ts'
import { answer } from './router.ts'

const names = Object.keys(requests) as RequestName[]

function aLog(): Log & { readonly lines: [string, LogFields | undefined][] } {
  const lines: [string, LogFields | undefined][] = []
  const write = (event: string, fields?: LogFields): void => {
    lines.push([event, fields])
  }
  return { lines, info: write, warn: write, error: write }
}

/** Handlers that all do the same, whatever they are asked. */
function handlersThat(act: () => unknown): Handlers {
  return Object.fromEntries(names.map((name) => [name, act])) as unknown as Handlers
}

const chatId = 'chat-1'

describe('the router', () => {
  it.each(names)('refuses %s with a key the contract does not know', async (name) => {
    const reply = await answer({ handlers: handlersThat(() => undefined), log: aLog() }, name, {
      chatId,
      surprise: 1,
    })

    expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
  })

  it.each(['__proto__', 'constructor', 'toString', 'chat.unknown', '', 7, null])(
    'refuses the name %s',
    async (name) => {
      const reply = await answer({ handlers: handlersThat(() => undefined), log: aLog() }, name, undefined)

      expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
    },
  )

  it('passes a parsed input on and returns the output', async () => {
    const handlers = handlersThat(() => ({ entryId: 'entry-1' }))

    const reply = await answer({ handlers, log: aLog() }, 'chat.send', {
      chatId,
      text: 'Hi',
      contentType: 'text/plain',
    })

    expect(reply).toEqual({ ok: true, value: { entryId: 'entry-1' } })
  })

  it('does not let a field out that the contract does not name', async () => {
    const log = aLog()
    const handlers = handlersThat(() => ({ entryId: 'entry-1', token: 'CANARY' }))

    const reply = await answer({ handlers, log }, 'chat.send', {
      chatId,
      text: 'Hi',
      contentType: 'text/plain',
    })

    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(JSON.stringify([reply, log.lines])).not.toContain('CANARY')
  })

  it('carries an expected failure as data that survives a clone', async () => {
    const handlers = handlersThat(() => {
      throw new DeskError('disk-full', 'The disk is full.', 507)
    })

    const reply = await answer({ handlers, log: aLog() }, 'chat.end', { chatId })

    const failure = { code: 'disk-full', message: 'The disk is full.', status: 507 }
    expect(structuredClone(reply)).toEqual({ ok: false, failure })
  })

  it('answers a bug with a fixed sentence and logs no message text', async () => {
    const log = aLog()
    const handlers = handlersThat(() => Promise.reject(new Error('customer said CANARY')))

    const reply = await answer({ handlers, log }, 'chat.end', { chatId })

    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(log.lines).toMatchObject([['request-failed', { request: 'chat.end', kind: 'Error' }]])
    expect(JSON.stringify([reply, log.lines])).not.toContain('CANARY')
  })
})
