import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { unreachable } from '#shared/failure.ts'
import type {
  Change,
  Chat,
  ChatId,
  Custody,
  Instance,
  Notice,
  Offer,
  Settings,
  Snapshot,
  Surroundings,
  Upload,
  WindowState,
} from '#shared/model.ts'

const unknownSurroundings: Surroundings = {
  platform: 'linux',
  version: '',
  defaultRegion: '',
  defaultEndpoint: '',
  weaknesses: [],
  maxChats: 10,
  managedClosing: null,
}

/** A read-only mirror of what main knows; only the mirror writes to it. */
export const useInbox = defineStore('inbox', () => {
  const isLoaded = ref(false)
  const chats = shallowReactive(new Map<ChatId, Chat>())
  const uploads = shallowReactive(new Map<ChatId, readonly Upload[]>())
  const offers = shallowRef<readonly Offer[]>([])
  const instances = shallowRef<readonly Instance[]>([])
  const notices = shallowRef<readonly Notice[]>([])
  const custody = shallowRef<Custody>({ mode: 'opening' })
  const settings = shallowRef<Settings>({
    theme: 'system',
    sendWith: 'enter',
    showCustomerPanel: true,
    closing: 'ask',
    textSize: 100,
  })
  const window = shallowRef<WindowState>({ isMaximized: false, isFocused: true, isAway: false })
  const surroundings = shallowRef<Surroundings>(unknownSurroundings)

  const liveCount = computed(() => [...chats.values()].filter(({ link }) => link.phase !== 'ended').length)
  const isFirstRun = computed(() => isLoaded.value && chats.size === 0 && instances.value.length === 0)

  function applySnapshot(snapshot: Snapshot): void {
    replaceAll(chats, new Map(snapshot.chats.map((chat) => [chat.chatId, chat])))
    replaceAll(uploads, byChat(snapshot.uploads))
    offers.value = snapshot.offers
    instances.value = snapshot.instances
    notices.value = snapshot.notices
    custody.value = snapshot.custody
    settings.value = snapshot.settings
    window.value = snapshot.window
    surroundings.value = snapshot.surroundings
    isLoaded.value = true
  }

  function applyChange(change: Exclude<Change, { kind: 'timeline' }>): void {
    switch (change.kind) {
      case 'chat':
        chats.set(change.chat.chatId, change.chat)
        return
      case 'chat-removed':
        chats.delete(change.chatId)
        uploads.delete(change.chatId)
        return
      case 'uploads':
        uploads.set(change.chatId, change.uploads)
        return
      case 'offers':
        offers.value = change.offers
        return
      case 'instances':
        instances.value = change.instances
        return
      case 'custody':
        custody.value = change.custody
        return
      case 'notices':
        notices.value = change.notices
        return
      case 'settings':
        settings.value = change.settings
        return
      case 'window':
        window.value = change.window
        return
      default:
        unreachable(change)
    }
  }

  function instanceOf(chat: { readonly instanceId: string }): Instance | null {
    return instances.value.find(({ instanceId }) => instanceId === chat.instanceId) ?? null
  }

  return {
    isLoaded,
    chats,
    uploads,
    offers,
    instances,
    notices,
    custody,
    settings,
    window,
    surroundings,
    liveCount,
    isFirstRun,
    applySnapshot,
    applyChange,
    instanceOf,
  }
})

/** Key by key: what did not change place does not make the whole list new. */
function replaceAll<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  for (const key of target.keys()) if (!source.has(key)) target.delete(key)
  for (const [key, value] of source) target.set(key, value)
}

function byChat(uploads: readonly Upload[]): Map<ChatId, readonly Upload[]> {
  const grouped = new Map<ChatId, readonly Upload[]>()
  for (const upload of uploads) grouped.set(upload.chatId, [...(grouped.get(upload.chatId) ?? []), upload])
  return grouped
}
