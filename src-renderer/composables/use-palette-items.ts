import { shownKeys } from '#shared/shortcuts.ts'
import { computed, type ComputedRef } from 'vue'
import { isBetweenTries } from '../inbox/waiting.ts'
import type { PaletteItem } from '../shell/palette.ts'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { controlKey } from '../ui/keys.ts'
import { useChatCommands } from './use-chat-commands.ts'
import { useNames } from '../stores/names.ts'

interface Offered {
  readonly title: string
  readonly icon: IconName
  readonly keys?: string
  readonly isPossible: boolean
  readonly run: () => unknown
}

/** Everything the palette can go to or do right now. */
export function usePaletteItems(): ComputedRef<readonly PaletteItem[]> {
  const inbox = useInbox()
  const names = useNames()
  const workspace = useWorkspace()
  const commands = useOfferedCommands()

  return computed(() => {
    const order = new Map(workspace.open.map((chatId, index) => [chatId, index]))
    const chats = [...inbox.chats.values()].sort(
      (a, b) => (order.get(a.chatId) ?? Infinity) - (order.get(b.chatId) ?? Infinity),
    )
    return [
      ...chats.map((chat) => ({
        kind: 'chat' as const,
        id: `chat-${chat.chatId}`,
        title: names.of(chat),
        chat,
      })),
      ...commands.value
        .filter(({ isPossible }) => isPossible)
        .map(({ title, icon, keys, run }) => ({
          kind: 'command' as const,
          id: `command-${title.toLowerCase().replace(/[^a-z]+/gu, '-')}`,
          title,
          icon,
          keys: keys ?? null,
          run: () => void run(),
        })),
    ]
  })
}

function useOfferedCommands(): ComputedRef<readonly Offered[]> {
  const inbox = useInbox()
  const workspace = useWorkspace()
  const commands = useChatCommands()

  return computed(() => {
    const control = controlKey(inbox.surroundings.platform)
    const chat = workspace.activeChatId === null ? undefined : inbox.chats.get(workspace.activeChatId)
    const all = [...inbox.chats.values()]
    const isPractising = inbox.instances.some(({ isPractice }) => isPractice)
    const hasChat = chat !== undefined
    return [
      {
        title: 'Start a practice shift',
        icon: 'flask',
        isPossible: !isPractising,
        run: commands.startPractice,
      },
      { title: 'End the practice shift', icon: 'flask', isPossible: isPractising, run: commands.endPractice },
      {
        title: 'Paste a participant token',
        icon: 'key',
        isPossible: true,
        run: () => (workspace.dialog = { kind: 'token' }),
      },
      {
        title: 'Export transcript',
        icon: 'download',
        keys: shownKeys('export', control),
        isPossible: hasChat,
        run: commands.exportTranscript,
      },
      {
        title: 'Find in conversation',
        icon: 'search',
        keys: shownKeys('find', control),
        isPossible: hasChat,
        run: commands.find,
      },
      {
        title: 'Show or hide the customer panel',
        icon: 'panel',
        isPossible: hasChat,
        run: commands.togglePanel,
      },
      {
        title: 'Jump to the longest waiting customer',
        icon: 'bolt',
        keys: shownKeys('longest-waiting', control),
        isPossible: all.length > 1,
        run: commands.showLongestWaiting,
      },
      {
        title: 'Try to reconnect now',
        icon: 'sync',
        isPossible: all.some(isBetweenTries),
        run: () => commands.tryNow(),
      },
      {
        title: 'Close chat',
        icon: 'x',
        keys: shownKeys('close-chat', control),
        isPossible: hasChat,
        run: commands.closeChat,
      },
      {
        title: 'End chat',
        icon: 'stop',
        isPossible: hasChat && chat.link.phase !== 'ended',
        run: commands.endChat,
      },
      {
        title: 'Sign out and forget',
        icon: 'key',
        isPossible: !inbox.isFirstRun,
        run: () => (workspace.dialog = { kind: 'sign-out' }),
      },
      { title: 'Settings', icon: 'gear', isPossible: true, run: workspace.showSettings },
    ]
  })
}
