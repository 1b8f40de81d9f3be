import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { ChatId } from '#shared/model.ts'
import type { useKeyAim } from './key-aim.ts'

export interface Tabs {
  readonly open: readonly ChatId[]
  readonly active: ChatId | 'settings' | null
  /** Chats that had a tab once: closing it must hold. */
  readonly known: readonly ChatId[]
}

export type Tab = ChatId | 'settings'

export interface OpenTabs {
  readonly open: ShallowRef<readonly ChatId[]>
  readonly active: Ref<Tab | null>
  readonly activeChatId: ComputedRef<ChatId | null>
  readonly tabs: ComputedRef<readonly Tab[]>
  readonly known: Set<ChatId>
  readonly isSettingsOpen: Ref<boolean>
  readonly isFinding: Ref<boolean>
  /** Rises when the composer should take the focus. */
  readonly composerCalls: Ref<number>
  readonly show: (chatId: ChatId) => void
  readonly showAsked: (chatId: ChatId, actsThen: number) => void
  readonly stay: () => void
  readonly showSettings: () => void
  readonly addTab: (chatId: ChatId) => void
  readonly close: (tab: Tab) => void
  readonly step: (by: 1 | -1) => void
  readonly move: (chatId: ChatId, by: 1 | -1) => void
  readonly restore: (saved: Tabs) => void
  readonly save: () => Tabs
}

/** The open chats and the one in front. Whatever puts another one in front says whether it was asked for. */
export function createTabs(keyAim: ReturnType<typeof useKeyAim>): OpenTabs {
  const open = shallowRef<readonly ChatId[]>([])
  const active = ref<Tab | null>(null)
  const isSettingsOpen = ref(false)
  const isFinding = ref(false)
  const composerCalls = ref(0)
  const known = new Set<ChatId>()

  const tabs = computed<readonly (ChatId | 'settings')[]>(() =>
    isSettingsOpen.value ? [...open.value, 'settings'] : open.value,
  )
  const activeChatId = computed(() => (active.value === 'settings' ? null : active.value))

  /** The agent chose it. */
  function show(chatId: ChatId): void {
    bringToFront(chatId)
    keyAim.choose(chatId)
  }

  /** The agent asked for it when they had done this many things. */
  function showAsked(chatId: ChatId, actsThen: number): void {
    bringToFront(chatId)
    keyAim.comeLate(chatId, actsThen)
  }

  /** A key meant to go on to another chat, and there is none to go to. */
  function stay(): void {
    if (activeChatId.value === null) return
    keyAim.comeUp(activeChatId.value)
    composerCalls.value += 1
  }

  function bringToFront(chatId: ChatId): void {
    keepTab(chatId)
    if (active.value !== chatId) isFinding.value = false
    active.value = chatId
    composerCalls.value += 1
  }

  function showSettings(): void {
    isSettingsOpen.value = true
    choose('settings')
  }

  function choose(tab: ChatId | 'settings' | null): void {
    active.value = tab
    keyAim.choose(activeChatId.value)
  }

  function keepTab(chatId: ChatId): void {
    known.add(chatId)
    if (!open.value.includes(chatId)) open.value = [...open.value, chatId]
  }

  function addTab(chatId: ChatId): void {
    keepTab(chatId)
    if (active.value !== null) return
    active.value = chatId
    keyAim.arrive(chatId)
  }

  function close(tab: ChatId | 'settings'): void {
    const index = tabs.value.indexOf(tab)
    if (index < 0) return
    if (tab === 'settings') isSettingsOpen.value = false
    else open.value = open.value.filter((chatId) => chatId !== tab)
    if (active.value !== tab) return
    active.value = tabs.value[index] ?? tabs.value[index - 1] ?? null
    // Which one is next was not asked for.
    keyAim.comeUp(activeChatId.value)
  }

  function step(by: 1 | -1): void {
    const index = active.value === null ? -1 : tabs.value.indexOf(active.value)
    const count = tabs.value.length
    const next = tabs.value[(index + by + count) % count]
    if (next === undefined) return
    if (next === active.value) stay()
    else choose(next)
  }

  function move(chatId: ChatId, by: 1 | -1): void {
    open.value = swapped(open.value, open.value.indexOf(chatId), by)
  }

  function restore(saved: Tabs): void {
    for (const chatId of saved.known) known.add(chatId)
    open.value = saved.open
    isSettingsOpen.value = saved.active === 'settings'
    choose(saved.active)
  }

  function save(): Tabs {
    return { open: open.value, active: active.value, known: [...known] }
  }

  return {
    open,
    active,
    activeChatId,
    tabs,
    known,
    isSettingsOpen,
    isFinding,
    composerCalls,
    show,
    showAsked,
    stay,
    showSettings,
    addTab,
    close,
    step,
    move,
    restore,
    save,
  }
}

function swapped(list: readonly ChatId[], index: number, by: 1 | -1): readonly ChatId[] {
  const [one, other] = [list[index], list[index + by]]
  return one === undefined || other === undefined
    ? list
    : list.map((chatId) => (chatId === one ? other : chatId === other ? one : chatId))
}
