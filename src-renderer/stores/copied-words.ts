import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import type { ChatId } from '#shared/model.ts'
import { foreignSource, type CopiedWords, type ForeignMark } from '../chat/foreign-words.ts'

const remembered = 20

/** Whose words were copied, cut or dragged lately, so that giving them to somebody else can be asked about. */
export const useCopiedWords = defineStore('copied-words', () => {
  const copied = shallowRef<readonly CopiedWords[]>([])

  /** In drafts, not answered for yet; they outlive the composer that shows them. */
  const marks = shallowReactive(new Map<ChatId, readonly ForeignMark[]>())

  function remember(words: CopiedWords): void {
    if (words.text.trim() !== '') copied.value = [words, ...copied.value].slice(0, remembered)
  }

  /** Whom words come from that are put into this chat, when that is somebody else. */
  function sourceOf(words: string, chatId: ChatId): CopiedWords | null {
    return foreignSource(copied.value, words, chatId)
  }

  function mark(chatId: ChatId, next: readonly ForeignMark[]): void {
    if (next.length === 0) marks.delete(chatId)
    else marks.set(chatId, next)
  }

  function forget(): void {
    copied.value = []
    marks.clear()
  }

  return { marks, remember, sourceOf, mark, forget }
})
