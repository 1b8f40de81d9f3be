import { describe, expect, it } from 'vitest'
import { requests, type Handlers, type RequestName } from '#shared/contract.ts'
import { DeskError } from '#shared/failure.ts'
import type { Log, LogFields } from '../platform/log.ts'
import { FairTurns, nodeLoop } from './fair-turns.ts'
import { answer, type RouterPorts, type WindowHandlers } from './router.ts'

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

function portsThat(act: () => unknown, log = aLog()): RouterPorts {
  const budget = { take: () => true }
  return {
    budget,
    turns: new FairTurns(nodeLoop),
    windowHandlers: windowHandlersThat(act),
    handlers: Promise.resolve(handlersThat(act)),
    log,
  }
}

function windowHandlersThat(act: () => unknown): WindowHandlers {
  return { 'window.minimize': act, 'window.maximize': act, 'window.close': act } as WindowHandlers
}

const chatId = 'chat-1'

describe('the router', () => {
  it.each(names)('refuses %s with a key the contract does not know', async (name) => {
    const reply = await answer(
      portsThat(() => undefined),
      name,
      {
        chatId,
        surprise: 1,
      },
    )

    expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
  })

  it.each(['__proto__', 'constructor', 'toString', 'chat.unknown', '', 7, null])(
    'refuses the name %s',
    async (name) => {
      const reply = await answer(
        portsThat(() => undefined),
        name,
        undefined,
      )

      expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
    },
  )

  it('passes a parsed input on and returns the output', async () => {
    const ports = portsThat(() => ({ entryId: 'entry-1' }))

    const reply = await answer(ports, 'chat.send', {
      chatId,
      text: 'Hi',
      contentType: 'text/plain',
    })

    expect(reply).toEqual({ ok: true, value: { entryId: 'entry-1' } })
  })

  it('does not let a field out that the contract does not name', async () => {
    const log = aLog()
    const ports = portsThat(() => ({ entryId: 'entry-1', token: 'CANARY' }), log)

    const reply = await answer(ports, 'chat.send', {
      chatId,
      text: 'Hi',
      contentType: 'text/plain',
    })

    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(JSON.stringify([reply, log.lines])).not.toContain('CANARY')
  })

  it('carries an expected failure as data that survives a clone', async () => {
    const ports = portsThat(() => {
      throw new DeskError('disk-full', 'The disk is full.', 507)
    })

    const reply = await answer(ports, 'chat.end', { chatId })

    const failure = { code: 'disk-full', message: 'The disk is full.', status: 507 }
    expect(structuredClone(reply)).toEqual({ ok: false, failure })
  })

  it('answers a bug with a fixed sentence and logs no message text', async () => {
    const log = aLog()
    const ports = portsThat(() => Promise.reject(new Error('customer said CANARY')), log)

    const reply = await answer(ports, 'chat.end', { chatId })

    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(log.lines).toMatchObject([['request-failed', { request: 'chat.end', kind: 'Error' }]])
    expect(JSON.stringify([reply, log.lines])).not.toContain('CANARY')
  })

  it('lets everything wait until conversations are open, but the window itself', async () => {
    let open: (handlers: Handlers) => void = () => undefined
    const handlers = new Promise<Handlers>((resolve) => (open = resolve))
    const ports = { ...portsThat(() => undefined), handlers }
    let isEnded = false

    const ending = answer(ports, 'chat.end', { chatId }).then(() => (isEnded = true))
    const closing = await answer(ports, 'window.close', undefined)

    expect(closing).toMatchObject({ ok: true })
    expect(isEnded).toBe(false)
    open(handlersThat(() => undefined))
    await ending
    expect(isEnded).toBe(true)
  })
})
