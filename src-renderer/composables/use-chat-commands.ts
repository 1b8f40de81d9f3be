import type { ChatId } from '#shared/model.ts'
import { request } from '../desk.ts'
import { narrowWindow } from './use-media-query.ts'
import { sectionOf } from '../inbox/inbox-order.ts'
import { useInbox } from '../stores/inbox.ts'
import { useNotices } from '../stores/notices.ts'
import { useWorkspace } from '../stores/workspace.ts'

export interface ChatCommands {
  readonly exportTranscript: () => void
  readonly endChat: () => void
  readonly closeChat: () => void
  readonly togglePanel: () => void
  readonly find: () => void
  readonly tryNow: (chatId?: ChatId) => Promise<void>
  readonly showLongestWaiting: () => void
  readonly startPractice: () => Promise<boolean>
  readonly endPractice: () => Promise<void>
}

/** What the palette, the keys and the buttons all do. Acts on the chat in front. */
export function useChatCommands(): ChatCommands {
  const inbox = useInbox()
  const notices = useNotices()
  const workspace = useWorkspace()

  function exportTranscript(): void {
    const chatId = workspace.activeChatId
    if (chatId !== null) workspace.dialog = { kind: 'export', chatId }
  }

  function endChat(): void {
    const chatId = workspace.activeChatId
    if (chatId === null || inbox.chats.get(chatId)?.link.phase === 'ended') return
    workspace.dialog = { kind: 'end-chat', chatId }
  }

  function closeChat(): void {
    if (workspace.active !== null) workspace.close(workspace.active)
  }

  function togglePanel(): void {
    if (window.matchMedia(narrowWindow).matches) {
      workspace.isPanelDrawerOpen = !workspace.isPanelDrawerOpen
      return
    }
    const work = request('settings.change', { showCustomerPanel: !inbox.settings.showCustomerPanel })
    void notices.attempt('The setting was not saved.', work)
  }

  function find(): void {
    if (workspace.activeChatId !== null) workspace.isFinding = true
  }

  async function tryNow(chatId?: ChatId): Promise<void> {
    const work = request('chat.try-now', chatId === undefined ? {} : { chatId })
    await notices.attempt('The connection was not tried again.', work)
  }

  function showLongestWaiting(): void {
    const [longest] = [...inbox.chats.values()]
      .filter((chat) => sectionOf(chat) === 'agent')
      .sort((a, b) => a.turn.since - b.turn.since)
    if (longest === undefined || longest.chatId === workspace.activeChatId) workspace.stay()
    else workspace.show(longest.chatId)
  }

  async function startPractice(): Promise<boolean> {
    const work = request('practice.start', {}).then(() => true)
    return (await notices.attempt('The practice shift did not start.', work)) ?? false
  }

  async function endPractice(): Promise<void> {
    await notices.attempt('The practice shift did not end.', request('practice.end'))
  }

  return {
    exportTranscript,
    endChat,
    closeChat,
    togglePanel,
    find,
    tryNow,
    showLongestWaiting,
    startPractice,
    endPractice,
  }
}
