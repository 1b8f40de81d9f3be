import { watch } from 'vue'
import type { ChatId } from '#shared/model.ts'

export interface KeptPlace {
  /** The entry at the top of what the reader sees; null at the end, where the log follows by itself. */
  readonly keep: (entryId: string | null) => void
  readonly kept: () => string | null
  /** Kept by a page that has gone since: the reader did not leave, the page had to be loaded again. */
  readonly isFromBefore: () => boolean
}

/** Where the reader was in a conversation, for as long as the window lives: also after the page had to be reloaded. */
export function useKeptPlace(chatId: () => ChatId, storage: Storage = window.sessionStorage): KeptPlace {
  const key = (): string => `parley.place.${chatId()}`
  const thisPage = String(performance.timeOrigin)
  /** Which page kept it, and the entry. */
  const read = (): readonly string[] => storage.getItem(key())?.split(' ', 2) ?? []
  return {
    keep(entryId) {
      if (entryId === null) storage.removeItem(key())
      else storage.setItem(key(), `${thisPage} ${entryId}`)
    },
    kept: () => read().at(1) ?? null,
    isFromBefore: () => read().length === 2 && read()[0] !== thisPage,
  }
}

/** Called in a component's setup; never resolves when the component goes first. */
export function onceTrue(source: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    watch(source, (is) => is && resolve(), { immediate: true })
  })
}
