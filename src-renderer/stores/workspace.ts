import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ChatId } from '#shared/model.ts'

export type Dialog =
  | { readonly kind: 'token' }
  | { readonly kind: 'remove-instance'; readonly instanceId: string; readonly label: string }
  | { readonly kind: 'sign-out' }
  | { readonly kind: 'export'; readonly chatId: ChatId }
  | { readonly kind: 'end-chat'; readonly chatId: ChatId }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | {
      readonly kind: 'picture'
      readonly chatId: ChatId
      readonly attachmentId: string
      readonly name: string
      readonly url: string
    }

export interface Tabs {
  readonly open: readonly ChatId[]
  readonly active: ChatId | 'settings' | null
  /** Chats that had a tab once: closing it must hold. */
  readonly known: readonly ChatId[]
}

/** What only this page knows: tabs, dialogs, and text that is not sent yet. */
export const useWorkspace = defineStore('workspace', () => {
  const open = shallowRef<readonly ChatId[]>([])
  const active = ref<ChatId | 'settings' | null>(null)
  const isSettingsOpen = ref(false)
  const dialog = shallowRef<Dialog | null>(null)
  const isPaletteOpen = ref(false)
  const isPanelDrawerOpen = ref(false)
  const isFinding = ref(false)
  /** Rises when the composer should take the focus. */
  const composerCalls = ref(0)
  const copied = shallowRef<{ chatId: ChatId; customer: string; text: string } | null>(null)
  /** Words to be quoted in a composer, which takes them as soon as it can. */
  const quotation = shallowRef<{ chatId: ChatId; text: string } | null>(null)
  const known = new Set<ChatId>()

  const tabs = computed<readonly (ChatId | 'settings')[]>(() =>
    isSettingsOpen.value ? [...open.value, 'settings'] : open.value,
  )
  const activeChatId = computed(() => (active.value === 'settings' ? null : active.value))

  function show(chatId: ChatId): void {
    addTab(chatId)
    if (active.value !== chatId) isFinding.value = false
    active.value = chatId
    composerCalls.value += 1
  }

  function showSettings(): void {
    isSettingsOpen.value = true
    active.value = 'settings'
  }

  function addTab(chatId: ChatId): void {
    known.add(chatId)
    if (!open.value.includes(chatId)) open.value = [...open.value, chatId]
    active.value ??= chatId
  }

  function close(tab: ChatId | 'settings'): void {
    const index = tabs.value.indexOf(tab)
    if (index < 0) return
    if (tab === 'settings') isSettingsOpen.value = false
    else open.value = open.value.filter((chatId) => chatId !== tab)
    if (active.value === tab) active.value = tabs.value[index] ?? tabs.value[index - 1] ?? null
  }

  function step(by: 1 | -1): void {
    const index = active.value === null ? -1 : tabs.value.indexOf(active.value)
    const count = tabs.value.length
    if (count > 0) active.value = tabs.value[(index + by + count) % count] ?? null
  }

  function move(chatId: ChatId, by: 1 | -1): void {
    const index = open.value.indexOf(chatId)
    const other = open.value[index + by]
    if (index < 0 || other === undefined) return
    const next = [...open.value]
    next[index] = other
    next[index + by] = chatId
    open.value = next
  }

  /** Tabs follow the chats: a chat seen for the first time gets one, one that is gone loses it. */
  function follow(chats: ReadonlyMap<ChatId, { readonly link: { readonly phase: string } }>): void {
    for (const chatId of open.value) if (!chats.has(chatId)) close(chatId)
    if (dialog.value !== null && 'chatId' in dialog.value && !chats.has(dialog.value.chatId)) {
      dialog.value = null
    }
    for (const [chatId, { link }] of chats) {
      if (!known.has(chatId) && link.phase !== 'ended') addTab(chatId)
      known.add(chatId)
    }
  }

  function restore(saved: Tabs): void {
    for (const chatId of saved.known) known.add(chatId)
    open.value = saved.open
    isSettingsOpen.value = saved.active === 'settings'
    active.value = saved.active
  }

  function save(): Tabs {
    return { open: open.value, active: active.value, known: [...known] }
  }

  return {
    open,
    active,
    activeChatId,
    tabs,
    isSettingsOpen,
    dialog,
    isPaletteOpen,
    isPanelDrawerOpen,
    isFinding,
    composerCalls,
    copied,
    quotation,
    show,
    showSettings,
    addTab,
    close,
    step,
    move,
    follow,
    restore,
    save,
  }
})
