import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClientSettings } from './platform/client-settings.ts'
import { isLive, type WiredChat, type WiredChats } from './testing/wired-chats.ts'
import { WiredService } from './testing/wired-service.ts'

const plain = 'text/plain'
let service: WiredService
let folder: string

beforeEach(async () => {
  service = await WiredService.start({ switches: { maxTextLength: 3000 } })
  folder = mkdtempSync(path.join(tmpdir(), 'limits-'))
})

afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true })
})

async function aLiveChat(client: ClientSettings): Promise<WiredChat & { readonly chats: WiredChats }> {
  const chats = service.chats(client)
  const contact = service.simulator.contact({ customerName: 'Canary Customer' })
  const chat = await chats.open(contact.agent.participantToken)
  await chat.until(isLive)
  return { ...chat, chats }
}

const failures = ({ session }: WiredChat) => session.summary().outbox.failed
const waiting = ({ session }: WiredChat) => session.summary().outbox.waiting

describe('strict validation', () => {
  const nonsense = { text: 'Hello', contentType: `text/${'x'.repeat(100)}` }

  it('refuses what the service would refuse, with nothing on the wire', async () => {
    const chat = await aLiveChat({ validateStrictly: true })

    await chat.session.send(nonsense)
    await chat.until(() => failures(chat) === 1)

    expect(JSON.stringify(chat.session.entries())).toContain('longer than 100 characters')
    expect(service.calls('SendMessage')).toBe(0)
  })

  it('leaves it to the service when it is off', async () => {
    const chat = await aLiveChat({ validateStrictly: false })

    await chat.session.send(nonsense)
    await chat.until(() => failures(chat) === 1)

    expect(service.simulator.requests({ operation: 'SendMessage' }).map(({ status }) => status)).toEqual([
      400,
    ])
  })
})

describe('limits', () => {
  it('of a message may be higher than usual, if the service takes it', async () => {
    const chat = await aLiveChat({ messageCharacters: 3000 })

    await chat.session.send({ text: 'x'.repeat(2500), contentType: plain })
    await chat.until(() => waiting(chat) === 0)

    expect(chat.session.summary().maxCharacters).toBe(3000)
    expect(service.simulator.requests({ operation: 'SendMessage' }).map(({ status }) => status)).toEqual([
      200,
    ])
  })

  it('of a message may be lower, and hold before anything is queued', async () => {
    const chat = await aLiveChat({ messageCharacters: 10 })

    await expect(chat.session.send({ text: 'x'.repeat(11), contentType: plain })).rejects.toMatchObject({
      failure: { code: 'too-long' },
    })

    expect(service.calls('SendMessage')).toBe(0)
  })

  it.each<[string, ClientSettings]>([
    ['too-large', { fileBytes: 100 }],
    ['too-many-files', { filesPerChat: 0 }],
  ])('of files refuse with %s before anything is sent', async (code, client) => {
    const chat = await aLiveChat(client)
    writeFileSync(path.join(folder, 'note.txt'), 'x'.repeat(101))

    await chat.session.uploads.stage(path.join(folder, 'note.txt'))

    expect(chat.session.uploads.list()).toMatchObject([{ state: { phase: 'failed', code } }])
    expect(service.calls('StartAttachmentUpload')).toBe(0)
  })

  it('of rates are kept by all chats of the instance together', async () => {
    const chats = service.chats({ rates: { message: { rate: 4, burst: 1 } } })
    const open = async () => {
      const { agent } = service.simulator.contact({ customerName: 'Ada' })
      const chat = await chats.open(agent.participantToken)
      await chat.until(isLive)
      return chat
    }
    const all = [await open(), await open()]

    for (const { session } of all) {
      await session.send({ text: 'one', contentType: plain })
      await session.send({ text: 'two', contentType: plain })
    }
    await Promise.all(all.map((chat) => chat.until(() => waiting(chat) === 0)))

    const times = service.simulator.requests({ operation: 'SendMessage' }).map(({ time }) => Date.parse(time))
    expect(times).toHaveLength(4)
    // Three waits of 250 ms after the first.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(700)
  })
})

describe('request logging', () => {
  const text = 'canary-message-4111111111111111'

  async function talk(client: ClientSettings) {
    const chat = await aLiveChat(client)
    service.simulator.faults.add({ kind: 'http-error', operation: 'GetAttachment', status: 429, count: 1 })
    await chat.session.send({ text, contentType: plain })
    await chat.session.attachment('canary-attachment').catch(() => undefined)
    await chat.until(() => waiting(chat) === 0)
    return { chat, lines: chat.chats.lines.filter(({ event }) => event === 'call') }
  }

  it('writes one line for every call: chat, operation, status and time', async () => {
    const { chat, lines } = await talk({ logRequests: true, attempts: 2, backoffBase: 10 })

    const { chatId } = chat.session.summary()
    expect(lines).toContainEqual({
      event: 'call',
      chat: chatId,
      operation: 'SendMessage',
      status: 200,
      ms: expect.any(Number) as number,
    })
    const seen = service.simulator.requests().filter(({ operation }) => operation !== 'WebSocket')
    const logged = lines.map(({ operation, status }) => `${String(operation)} ${String(status)}`)
    expect(logged.toSorted()).toEqual(
      seen.map(({ operation, status }) => `${operation} ${status}`).toSorted(),
    )
    expect(logged.filter((line) => line.startsWith('GetAttachment'))).toEqual([
      'GetAttachment 429',
      'GetAttachment 400',
    ])
  })

  it('writes neither content nor tokens nor names', async () => {
    const { chat } = await talk({ logRequests: true, attempts: 1 })

    const everything = JSON.stringify(chat.chats.lines)

    expect(everything).toContain('SendMessage')
    for (const secret of ['canary', 'Canary', 'http:', 'ws:']) expect(everything).not.toContain(secret)
    for (const { agent } of service.simulator.contacts)
      expect(everything).not.toContain(agent.participantToken)
  })

  it('is silent unless it is wanted', async () => {
    expect((await talk({ attempts: 1 })).lines).toEqual([])
  })
})
