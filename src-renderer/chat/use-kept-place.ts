import { watch } from 'vue'
import type { ChatId } from '#shared/model.ts'

export interface KeptPlace {
  /** The entry at the top of what the reader sees; null at the end, where the log follows by itself. */
  readonly keep: (entryId: string | null) => void
  readonly kept: () => string | null
}

/** Where the reader was in a conversation, for as long as the window lives: also after the page had to be reloaded. */
export function useKeptPlace(chatId: () => ChatId, storage: Storage = window.sessionStorage): KeptPlace {
  const key = (): string => `parley.place.${chatId()}`
  return {
    keep(entryId) {
      if (entryId === null) storage.removeItem(key())
      else storage.setItem(key(), entryId)
    },
    kept: () => storage.getItem(key()),
  }
}

/** Called in a component's setup; never resolves when the component goes first. */
export function onceTrue(source: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    watch(source, (is) => is && resolve(), { immediate: true })
  })
}
