import { describe, expect, it } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { aChat, anInstance, noon } from '../testing/builders.ts'
import { connectionBanners, custodyBanner, protectionBanner } from './banners.ts'
import { connectionText, instanceStates } from './connection.ts'

const waiting = {
  phase: 'waiting',
  since: noon,
  attempt: 2,
  retryAt: noon + 8_000,
  reason: 'unreachable',
} as const
const up = aChat({ chatId: 'up', customer: 'Jonas' })
const down = aChat({ chatId: 'down', customer: 'Leila', link: waiting })
const over = aChat({ chatId: 'over', link: { phase: 'ended', at: noon, reason: 'completed' } })
const offline = aChat({ chatId: 'off', link: { phase: 'offline', since: noon } })
const fresh = aChat({ chatId: 'fresh', link: { phase: 'connecting', since: noon } })

function textOf(chats: readonly Chat[], now = noon): string | undefined {
  return instanceStates([anInstance()], chats, now).map((state) => connectionText(state).text)[0]
}

describe('the connection of an instance', () => {
  it.each<[readonly Chat[], string]>([
    [[], 'Ready'],
    [[up, over], 'Connected'],
    [[up, fresh], 'Connecting'],
    [[up, down], '1 of 2 chats reconnecting'],
    [[down, over], 'Reconnecting'],
    [[offline], 'Offline'],
  ])('is told in one word for all its chats', (chats, expected) => {
    expect(textOf(chats)).toBe(expected)
  })
})

describe('a chat that has been connecting for 5 seconds', () => {
  const seconds = 1_000
  const catchingUp = aChat({ chatId: 'late', link: { phase: 'catching-up', since: noon } })

  it.each([
    [fresh, 4.9, 'Connecting'],
    [fresh, 5, '1 of 2 chats reconnecting'],
    [catchingUp, 4.9, 'Connecting'],
    [catchingUp, 5, '1 of 2 chats reconnecting'],
  ])('counts as down', (chat, after, expected) => {
    expect(textOf([up, chat], noon + after * seconds)).toBe(expected)
  })

  it('stands over the work area, without a try that is under way already', () => {
    const states = instanceStates([anInstance()], [fresh], noon + 5 * seconds)

    expect(connectionBanners(states, null, noon + 5 * seconds)).toMatchObject([
      { title: 'Reconnecting to Alder UK.', action: null },
    ])
  })
})

describe('connectionBanners', () => {
  const banners = (chats: readonly Chat[], active: Chat | null, now = noon) =>
    connectionBanners(instanceStates([anInstance()], chats, now), active, now)

  it('says nothing while all is well', () => {
    expect(banners([up], up)).toEqual([])
  })

  it('leaves a chat in the background to the status bar', () => {
    expect(banners([up, down], up)).toEqual([])
  })

  it('speaks for the instance when all its chats are down', () => {
    expect(banners([down], null)).toMatchObject([
      { tone: 'due', title: 'Reconnecting to Alder UK.', action: { kind: 'try-now', chatId: null } },
    ])
  })

  it('speaks for the chat in front when only that is down', () => {
    expect(banners([up, down], down)).toMatchObject([
      { title: 'Reconnecting to Leila.', action: { kind: 'try-now', chatId: 'down' } },
    ])
  })

  it('[L2] [L3] names the gateway that answers in place of the service', () => {
    const blocked = aChat({ chatId: 'b', link: { ...waiting, reason: 'gateway', gateway: '403, Squid' } })

    for (const now of [noon, noon + 20_001]) {
      expect(banners([blocked], blocked, now)[0]?.detail).toMatch(
        /^A gateway \(403, Squid\) answers in place of the chat service\./,
      )
    }
  })

  it('says that it cannot vouch once the proof is older than 20 s', () => {
    expect(banners([down], down, noon + 20_000)[0]?.tone).toBe('due')
    expect(banners([down], down, noon + 20_001)[0]).toMatchObject({
      tone: 'bad',
      title: "Parley can't confirm new messages from Alder UK.",
    })
  })

  it('says that the chat in front cannot be read although its line is up', () => {
    const unread = aChat({ chatId: 'unread', customer: 'Leila', link: { phase: 'catching-up', since: noon } })

    expect(banners([up, unread], unread, noon + 4000)).toEqual([])
    expect(banners([up, unread], unread, noon + 20_000)).toMatchObject([
      { tone: 'due', title: 'Reading what Leila wrote meanwhile.' },
    ])
    expect(banners([up, unread], up, noon + 20_001)).toEqual([])
    expect(banners([up, unread], unread, noon + 20_001)).toMatchObject([
      { tone: 'bad', title: "Parley can't confirm new messages from Leila." },
    ])
  })
})

describe('custodyBanner', () => {
  it('stands only while nothing is kept on disk', () => {
    expect(custodyBanner({ mode: 'sealed', backend: 'keychain' })).toBeNull()
    expect(custodyBanner({ mode: 'memory-only', reason: 'locked' })?.detail).toContain(
      'The keychain is locked.',
    )
  })
})

describe('[K14] a run that is not safe for real customers', () => {
  const real = anInstance()
  const practice = { ...anInstance({ instanceId: 'practice' }), isPractice: true }
  const practising = aChat({ instanceId: 'practice' })

  it.each([
    [['old-runtime'], 'older one'],
    [['no-sandbox'], 'without a sandbox'],
    [['old-runtime', 'no-sandbox'], 'are known, and its pages'],
  ] as const)('%s stands over every real chat', (weaknesses, words) => {
    const banner = protectionBanner(weaknesses, [practising, up], [real, practice])

    expect(banner).toMatchObject({ tone: 'bad', action: null })
    expect(banner?.detail).toContain(words)
  })

  it('says nothing to who practises, or where nothing is amiss', () => {
    expect(protectionBanner(['no-sandbox'], [practising], [real, practice])).toBeNull()
    expect(protectionBanner(['no-sandbox'], [], [real])).toBeNull()
    expect(protectionBanner([], [up], [real])).toBeNull()
  })
})
