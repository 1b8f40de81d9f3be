import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NotedClock } from './testing/noted-clock.ts'
import { isLive, type WiredChat } from './testing/wired-chats.ts'
import { WiredService } from './testing/wired-service.ts'

let service: WiredService

beforeEach(async () => {
  service = await WiredService.start()
})

afterEach(() => service.stop())

const aContact = () => service.simulator.contact({ customerName: 'Ada' })

async function aLiveChat(
  client: Parameters<WiredService['chats']>[0],
  clock?: NotedClock,
): Promise<WiredChat> {
  const chats = service.chats(client, clock === undefined ? {} : { clock })
  const chat = await chats.open(aContact().agent.participantToken)
  await chat.until(isLive)
  return chat
}

describe('timeouts', () => {
  it('give a call up that is not answered, after the time that is set', async () => {
    service.simulator.faults.add({ kind: 'hang' })
    const before = performance.now()

    const failure = await service.chats({ requestTimeout: 400 }).join(aContact().agent.participantToken)

    expect(failure?.code).toBe('timed-out')
    expect(failure?.message).toBe(
      `127.0.0.1:${service.port} did not answer in time. Check the network connection and try again.`,
    )
    expect(performance.now() - before).toBeGreaterThan(390)
    expect(service.calls('CreateParticipantConnection')).toBe(1)
  })

  it('let a slow answer come when there is time for it', async () => {
    service.simulator.faults.add({ kind: 'slow', durationMs: 700, count: 1 })

    const failure = await service.chats({ requestTimeout: 5000 }).join(aContact().agent.participantToken)

    expect(failure).toBeNull()
  })

  it('of the connection end before those of the request', async () => {
    const proxy = await service.proxy()
    proxy.isSilent = true
    const url = `http://127.0.0.1:${proxy.port}`
    const before = performance.now()

    const failure = await service
      .chats({
        connectionTimeout: 300,
        requestTimeout: 60_000,
        proxy: { mode: 'manual', url, bypass: ['<-loopback>'] },
      })
      .join()

    expect(failure?.code).toBe('timed-out')
    expect(performance.now() - before).toBeLessThan(5000)
  })
})

describe('attempts', () => {
  it.each([1, 2, 5])('of a reading are %i where that is set', async (attempts) => {
    const { session } = await aLiveChat({ attempts, backoffBase: 10, backoffCap: 20 })
    service.simulator.faults.add({ kind: 'http-error', operation: 'GetAttachment', status: 500 })

    await expect(session.attachment('any')).rejects.toMatchObject({
      failure: { code: 'service-unavailable', status: 500 },
    })

    expect(service.calls('GetAttachment')).toBe(attempts)
  })

  it('end with the first answer that is one', async () => {
    const { session } = await aLiveChat({ attempts: 5, backoffBase: 10 })
    service.simulator.faults.add({ kind: 'http-error', operation: 'GetAttachment', status: 500, count: 2 })

    await expect(session.attachment('any')).rejects.toMatchObject({ failure: { status: 400 } })

    expect(service.calls('GetAttachment')).toBe(3)
  })

  it('are for readings alone: what changes something is not repeated beneath the chat', async () => {
    service.simulator.faults.add({
      kind: 'http-error',
      operation: 'CreateParticipantConnection',
      status: 500,
    })

    await service.chats({ attempts: 5, backoffBase: 10 }).join(aContact().agent.participantToken)

    expect(service.calls('CreateParticipantConnection')).toBe(1)
  })
})

describe('the backoff', () => {
  const client = { backoffBase: 37, backoffCap: 150, attempts: 6 }

  it('of readings doubles from the base to the cap', async () => {
    const clock = new NotedClock()
    const { session } = await aLiveChat(client, clock)
    service.simulator.faults.add({ kind: 'http-error', operation: 'GetAttachment', status: 500 })
    const before = clock.waits.length

    await session.attachment('any').catch(() => undefined)

    const pauses = clock.waits.slice(before).filter((wait) => wait <= client.backoffCap)
    expect(pauses).toEqual([37, 74, 148, 150, 150])
  })

  it('of the connection does the same', async () => {
    const clock = new NotedClock()
    service.simulator.faults.add({
      kind: 'http-error',
      operation: 'CreateParticipantConnection',
      status: 500,
      count: 4,
    })
    await aLiveChat(client, clock)

    expect(clock.waits).toEqual(expect.arrayContaining([37, 74, 148, 150]))
    expect(service.calls('CreateParticipantConnection')).toBe(5)
  })
})

describe('lifetimes under a wrong clock', () => {
  const hour = 3_600_000
  const tokenLife = 24 * hour
  const margin = 60_000

  it.each([
    { correctClockSkew: true, skew: 3 * hour, expected: tokenLife - margin },
    { correctClockSkew: true, skew: -3 * hour, expected: tokenLife - margin },
    { correctClockSkew: false, skew: 3 * hour, expected: tokenLife + 3 * hour - margin },
    { correctClockSkew: false, skew: -3 * hour, expected: tokenLife - 3 * hour - margin },
  ])(
    'of tokens: correction $correctClockSkew, skew $skew ms',
    async ({ correctClockSkew, skew, expected }) => {
      service.simulator.faults.add({ kind: 'clock-skew', durationMs: skew })
      const clock = new NotedClock()
      await aLiveChat({ correctClockSkew }, clock)

      const renewals = clock.waits.filter((wait) => wait > 2 * hour)
      expect(renewals).toHaveLength(1)
      // The service tells its time in whole seconds.
      expect(Math.abs((renewals[0] ?? 0) - expected)).toBeLessThan(3000)
    },
  )

  it.each([
    [true, 300_000],
    [false, 300_000 + 3 * hour],
  ])('of file addresses: correction %s', async (correctClockSkew, expected) => {
    service.simulator.faults.add({ kind: 'clock-skew', durationMs: 3 * hour })
    const contact = aContact()
    const chat = await service.chats({ correctClockSkew }).open(contact.agent.participantToken)
    await chat.until(isLive)
    const file = contact.attach({ name: 'a.csv', contentType: 'text/csv', bytes: Buffer.from('a,b') })

    const { lifetime } = await chat.session.attachment(file.attachmentId)

    expect(Math.abs((lifetime ?? 0) - expected)).toBeLessThan(3000)
  })
})
