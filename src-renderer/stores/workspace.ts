import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ChatId } from '#shared/model.ts'
import { useKeyAim } from './key-aim.ts'
import { createTabs } from './tabs.ts'

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

/** What only this page knows: tabs, dialogs, and text that is not sent yet. */
export const useWorkspace = defineStore('workspace', () => {
  const keyAim = useKeyAim()
  const tabs = createTabs(keyAim)
  const { open, known, close, addTab } = tabs
  const dialog = shallowRef<Dialog | null>(null)
  const isPaletteOpen = ref(false)
  /** The question whether Parley may be left stands over everything else. */
  const isLeaving = ref(false)
  const isPanelDrawerOpen = ref(false)
  /** Words to be quoted in a composer, which takes them as soon as it can. */
  const quotation = shallowRef<{ chatId: ChatId; text: string } | null>(null)

  /** Tabs follow the chats: a chat seen for the first time gets one, one that is gone loses it. */
  function follow(chats: ReadonlyMap<ChatId, { readonly link: { readonly phase: string } }>): void {
    for (const chatId of open.value) if (!chats.has(chatId)) close(chatId)
    keyAim.follow(chats)
    if (dialog.value !== null && 'chatId' in dialog.value && !chats.has(dialog.value.chatId)) {
      dialog.value = null
    }
    for (const [chatId, { link }] of chats) {
      if (!known.has(chatId) && link.phase !== 'ended') addTab(chatId)
      known.add(chatId)
    }
  }

  return {
    ...tabs,
    dialog,
    isPaletteOpen,
    isLeaving,
    isPanelDrawerOpen,
    quotation,
    follow,
  }
})
