import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Chat, ChatId } from '#shared/model.ts'
import { ComposerDraft } from './composer-draft.ts'
import { useNotices } from './notices.ts'
import { useWorkspace } from './workspace.ts'
import { useNames } from './names.ts'
import { isolated } from '../ui/bidi.ts'

/** What is typed in each chat and not sent yet, on screen or not. */
export const useDrafts = defineStore('drafts', () => {
  const names = useNames()
  const notices = useNotices()
  const workspace = useWorkspace()
  const drafts = shallowReactive(new Map<ChatId, ComposerDraft>())

  function of(chat: Chat): ComposerDraft {
    const { chatId, draft: kept } = chat
    const known = drafts.get(chatId)
    if (known !== undefined) return known
    const draft = new ComposerDraft(chatId, kept, ({ message }) => {
      // The composer says it itself where it can be seen.
      if (workspace.activeChatId === chatId) return
      notices.tell('alert', `Not sent to ${isolated(names.of(chat))}. The text is in that chat.`, message)
    })
    drafts.set(chatId, draft)
    return draft
  }

  function textOf({ chatId, draft }: Pick<Chat, 'chatId' | 'draft'>): string {
    return drafts.get(chatId)?.typed ?? draft
  }

  /** Drafts go with their chats. */
  function follow(chats: ReadonlyMap<ChatId, unknown>): void {
    for (const [chatId, draft] of drafts) {
      if (chats.has(chatId)) continue
      draft.drop()
      drafts.delete(chatId)
    }
  }

  async function flush(): Promise<void> {
    await Promise.all([...drafts.values()].map((draft) => draft.flush()))
  }

  function handOver(): void {
    for (const draft of drafts.values()) draft.handOver()
  }

  return { of, textOf, follow, flush, handOver }
})
