import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { MessageEntry } from '#shared/entry.ts'
import { useInbox } from '../stores/inbox.ts'
import { aChat, aMessage, aSnapshot, noon } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import type { SaidRow } from './log-rows.ts'
import { useSeen } from './use-seen.ts'

describe('useSeen', () => {
  let desk: FakeDesk
  let pane: VueWrapper
  let visible: MessageEntry | null
  let check: () => void

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    desk = new FakeDesk()
    visible = aMessage({ id: 'a' })
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    useInbox().applySnapshot(aSnapshot())
    pane = mount(
      defineComponent({
        setup() {
          ;({ check } = useSeen(() => aChat(), lastVisible))
          return () => null
        },
      }),
    )
  })

  afterEach(() => {
    pane.unmount()
    vi.useRealTimers()
  })

  function lastVisible(): SaidRow | null {
    if (visible === null) return null
    const entry = visible
    return {
      kind: 'said',
      id: entry.id,
      entry,
      startsGroup: true,
      joinsBelow: false,
      receipt: null,
      answer: null,
    }
  }

  function look(): void {
    check()
    vi.advanceTimersByTime(200)
  }

  const seen = (): readonly unknown[] => desk.inputsOf('chat.seen')

  it('reports the last message on screen, once', () => {
    look()
    look()

    expect(seen()).toEqual([{ chatId: 'amara', entryId: 'a' }])
  })

  it('reports a newer message, not an older one', () => {
    look()
    visible = aMessage({ id: 'old', at: noon - 5 })
    look()
    visible = aMessage({ id: 'new', at: noon + 5 })
    look()

    expect(seen()).toMatchObject([{ entryId: 'a' }, { entryId: 'new' }])
  })

  it('says nothing while nobody looks at the window', () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false)
    look()
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    useInbox().applyChange({
      kind: 'window',
      window: { isMaximized: false, isFocused: false, isAway: false },
    })
    look()

    expect(seen()).toEqual([])
  })

  it('[E1] says nothing while the screen is locked, and what is on it once somebody is back', () => {
    useInbox().applyChange({ kind: 'window', window: { isMaximized: false, isFocused: true, isAway: true } })
    look()
    expect(seen()).toEqual([])

    useInbox().applyChange({ kind: 'window', window: { isMaximized: false, isFocused: true, isAway: false } })
    look()
    expect(seen()).toEqual([{ chatId: 'amara', entryId: 'a' }])
  })

  it('catches up when the window gets the focus', () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false)
    look()
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)

    window.dispatchEvent(new Event('focus'))
    vi.advanceTimersByTime(200)

    expect(seen()).toHaveLength(1)
  })

  it('says nothing once the conversation has left the screen', () => {
    pane.unmount()

    look()

    expect(seen()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('says nothing of an empty screen', () => {
    visible = null

    look()

    expect(seen()).toEqual([])
  })
})
