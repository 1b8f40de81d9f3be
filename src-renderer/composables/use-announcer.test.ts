import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope, type Ref } from 'vue'
import { useClock } from '../stores/clock.ts'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aChatId, aSnapshot, noon } from '../testing/builders.ts'
import { useAnnouncer } from './use-announcer.ts'

describe('useAnnouncer', () => {
  let scope: EffectScope
  let said: Readonly<Ref<string>>

  beforeEach(() => {
    vi.useFakeTimers({ now: noon })
    setActivePinia(createPinia())
    scope = effectScope()
    useInbox().applySnapshot(
      aSnapshot({
        chats: [
          aChat({ chatId: 'amara' }),
          aChat({ chatId: 'jonas', customer: 'Jonas Lindqvist' }),
          aChat({ chatId: 'leila', customer: 'Leila Haddad' }),
        ],
      }),
    )
    useWorkspace().show(aChatId('amara'))
    said = scope.run(useAnnouncer) as Ref<string>
  })

  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  async function speak(chatId: string, customer: string, unread: number): Promise<void> {
    useInbox().applyChange({ kind: 'chat', chat: aChat({ chatId, customer, unread }) })
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
  }

  it('tells of a message in another chat', async () => {
    await speak('jonas', 'Jonas Lindqvist', 1)

    expect(said.value).toBe('Jonas: new message')
  })

  it('leaves the chat in front to its log', async () => {
    await speak('amara', 'Amara Okafor', 1)

    expect(said.value).toBe('')
  })

  it('says at most one thing in five seconds, and each only once', async () => {
    await speak('jonas', 'Jonas Lindqvist', 1)
    await speak('leila', 'Leila Haddad', 1)
    await speak('leila', 'Leila Haddad', 2)
    const early = said.value

    await vi.advanceTimersByTimeAsync(5_000)
    const next = said.value
    await vi.advanceTimersByTimeAsync(20_000)

    expect([early, next, said.value]).toEqual([
      'Jonas: new message',
      'Leila: new message',
      'Leila: new message',
    ])
  })

  it('tells once when a customer becomes due, and never a tick', async () => {
    const clock = useClock()
    clock.tick()
    await nextTick()

    vi.setSystemTime(noon + 60_000)
    clock.tick()
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
    const due = said.value
    vi.setSystemTime(noon + 61_000)
    clock.tick()
    await vi.advanceTimersByTimeAsync(5_000)

    expect(due).toBe('Amara is due')
    expect(said.value).toBe('Jonas is due')
  })
})
