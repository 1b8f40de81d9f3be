import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLive, type WiredChat, type WiredChats } from './testing/wired-chats.ts'
import { WiredService } from './testing/wired-service.ts'
import type { ClientSettings } from './platform/client-settings.ts'

let service: WiredService

beforeEach(async () => {
  service = await WiredService.start({ switches: { maxTextLength: 3000 } })
})

afterEach(() => service.stop())

async function aLiveChat(client: ClientSettings = {}): Promise<{ chats: WiredChats; chat: WiredChat }> {
  const chats = service.chats(client)
  const chat = await chats.open(service.simulator.contact({ customerName: 'Ada' }).agent.participantToken)
  await chat.until(isLive)
  return { chats, chat }
}

const isQuiet = ({ session }: WiredChat) => session.summary().outbox.waiting === 0

describe('a changed option', () => {
  it('of the message length holds for an open chat at once, counter and wire alike', async () => {
    const { chats, chat } = await aLiveChat()
    const text = 'x'.repeat(2500)
    await expect(chat.session.send({ text, contentType: 'text/plain' })).rejects.toThrow('1024 are allowed')

    chats.change({ messageCharacters: 3000 })
    await chat.session.send({ text, contentType: 'text/plain' })
    await chat.until(() => isQuiet(chat))

    expect(chat.session.summary().maxCharacters).toBe(3000)
    expect(service.simulator.requests({ operation: 'SendMessage' }).map(({ status }) => status)).toEqual([
      200,
    ])
  })

  it('of the tries and waits holds for the next reading', async () => {
    const { chats, chat } = await aLiveChat({ attempts: 1 })
    service.simulator.faults.add({ kind: 'http-error', operation: 'GetAttachment', status: 500 })

    chats.change({ attempts: 4, backoffBase: 10, backoffCap: 20 })
    await chat.session.attachment('any').catch(() => undefined)

    expect(service.calls('GetAttachment')).toBe(4)
  })

  it('of the log writes lines from the next call on', async () => {
    const { chats, chat } = await aLiveChat()

    chats.change({ logRequests: true })
    await chat.session.send({ text: 'Hello', contentType: 'text/plain' })
    await chat.until(() => isQuiet(chat))

    expect(chats.lines.filter(({ event }) => event === 'call')).toMatchObject([{ operation: 'SendMessage' }])
  })

  it('of the files holds for the next file', async () => {
    const { chats, chat } = await aLiveChat()

    chats.change({ filesPerChat: 0 })
    await chat.session.uploads.stage(import.meta.filename)

    expect(chat.session.uploads.list()).toMatchObject([{ state: { phase: 'failed' } }])
  })

  it('of the proxy leaves the open socket alone, and is the way of the next call and connection', async () => {
    const { chats, chat } = await aLiveChat()
    const proxy = await service.proxy()
    const url = `http://127.0.0.1:${proxy.port}`

    chats.change({ proxy: { mode: 'manual', url, bypass: ['<-loopback>'] } })
    expect(isLive(chat.session)).toBe(true)
    await chat.session.send({ text: 'Hello', contentType: 'text/plain' })
    await chat.until(() => isQuiet(chat))
    const forTheCall = proxy.asked.length
    service.simulator.faults.add({ kind: 'drop-sockets' })
    await chat.until((session) => !isLive(session))
    await chat.until(isLive)

    expect(forTheCall).toBe(1)
    expect(proxy.asked.length).toBeGreaterThan(forTheCall)
  })
})
