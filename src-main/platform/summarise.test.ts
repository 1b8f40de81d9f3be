import { describe as group, expect, it } from 'vitest'
import type { Link } from '#shared/link.ts'
import { describe, summarise } from './summarise.ts'

const since = 1_000_000
const links = {
  connecting: { phase: 'connecting', since },
  catchingUp: { phase: 'catching-up', since },
  live: { phase: 'live', since },
  waiting: { phase: 'waiting', since, attempt: 1, retryAt: since + 500, reason: 'unreachable' },
  offline: { phase: 'offline', since },
  ended: { phase: 'ended', at: since, reason: 'completed' },
} as const satisfies Record<string, Link>

function at(seconds: number, ...of: readonly (keyof typeof links)[]) {
  return summarise(
    of.map((name) => ({ link: links[name], unread: 2 })),
    since + seconds * 1_000,
  )
}

group('what the tray counts', () => {
  it('is every unread message', () => {
    expect(at(0, 'live', 'ended', 'waiting').unread).toBe(6)
  })

  it.each<[keyof typeof links, number, number]>([
    ['waiting', 0, 1],
    ['offline', 0, 1],
    ['connecting', 4.9, 0],
    ['connecting', 5, 1],
    ['catchingUp', 4.9, 0],
    ['catchingUp', 5, 1],
    ['live', 3_600, 0],
    ['ended', 3_600, 0],
  ])('as without proof: a chat that is %s after %d s, %d of one', (name, seconds, unproven) => {
    expect(at(seconds, name).unproven).toBe(unproven)
  })

  it('grows by itself when the first chat has been connecting for too long', () => {
    expect(at(1, 'connecting', 'live').until).toBe(since + 5_000)
    expect(at(5, 'connecting', 'waiting').until).toBeNull()
    expect(at(0, 'live', 'ended').until).toBeNull()
  })
})

group('what the tray says', () => {
  it.each([
    [0, 0, 'Parley'],
    [1, 0, 'Parley: 1 unread message'],
    [3, 1, 'Parley: no proof of delivery in 1 chat'],
    [3, 2, 'Parley: no proof of delivery in 2 chats'],
  ])('of %d unread and %d without proof', (unread, unproven, text) => {
    expect(describe({ unread, unproven })).toBe(text)
  })
})
