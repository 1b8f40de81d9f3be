import { describe, expect, it } from 'vitest'
import { leave, type Wish } from './closing.ts'

interface Case {
  readonly wish?: Wish
  readonly choice?: 'ask' | 'tray' | 'quit'
  readonly isOpen?: boolean
  readonly isHeard?: boolean
}

async function done({ wish = 'close', choice = 'ask', isOpen = true, isHeard = true }: Case) {
  const deeds: string[] = []
  await leave(wish, {
    choice: () => choice,
    isAnythingOpen: () => isOpen,
    question: {
      ask: () => {
        deeds.push('ask')
        return Promise.resolve(isHeard)
      },
    },
    raise: () => deeds.push('raise'),
    hide: () => deeds.push('hide'),
    quit: () => deeds.push('quit'),
  })
  return deeds.join(' ')
}

describe('[E2] leaving Parley', () => {
  it('asks where something is open, and does what was chosen for good', async () => {
    expect(await done({})).toBe('raise ask')
    expect(await done({ choice: 'tray' })).toBe('hide')
    expect(await done({ choice: 'quit' })).toBe('quit')
  })

  it('asks also on quitting when the window was only to be kept in the tray', async () => {
    expect(await done({ wish: 'quit' })).toBe('raise ask')
    expect(await done({ wish: 'quit', choice: 'tray' })).toBe('raise ask')
    expect(await done({ wish: 'quit', choice: 'quit' })).toBe('quit')
  })

  it('asks nobody where nothing is open, and does what was wished where the page cannot ask', async () => {
    expect(await done({ isOpen: false })).toBe('quit')
    expect(await done({ isOpen: false, choice: 'tray' })).toBe('quit')
    expect(await done({ isHeard: false })).toBe('raise ask hide')
    expect(await done({ wish: 'quit', isHeard: false })).toBe('raise ask quit')
  })
})
