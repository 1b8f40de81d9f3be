import type { MessageChoice } from '#shared/menu.ts'
import type { Chat } from '#shared/model.ts'
import { useCopy } from '../composables/use-copy.ts'
import { request } from '../desk.ts'
import { useCopiedWords } from '../stores/copied-words.ts'
import { useNotices } from '../stores/notices.ts'
import { useWorkspace } from '../stores/workspace.ts'
import type { SaidRow } from './log-rows.ts'
import { saidLine } from './log-text.ts'
import { plainWords } from './plain-words.ts'
import { useSelectedText } from './use-log-selection.ts'

type Said = SaidRow['entry']

/** The menu of a message: main shows it, this carries out what is chosen. */
export function useMessageMenu(chat: () => Chat): {
  readonly open: (event: MouseEvent, entry: Said) => Promise<void>
} {
  const copy = useCopy()
  const notices = useNotices()
  const words = useCopiedWords()
  const workspace = useWorkspace()
  const selectedText = useSelectedText()

  async function open(event: MouseEvent, entry: Said): Promise<void> {
    if (!(event.target instanceof Element)) return
    event.preventDefault()
    const link = event.target.closest('a')
    const selection = selectedText() ?? document.getSelection()?.toString().trim() ?? ''
    const work = request('menu.message', {
      x: Math.max(0, Math.round(event.clientX)),
      y: Math.max(0, Math.round(event.clientY)),
      hasSelection: selection !== '',
      isLink: link !== null,
      isPicture: event.target.closest('img') !== null,
      canQuote: chat().link.phase !== 'ended',
    })
    const chosen = await notices.attempt('The menu did not open.', work)
    const text = wordsOf(entry)
    if (chosen === 'copy-link') await copy(link?.href ?? '', 'Link copied.')
    else if (chosen === 'quote') workspace.quotation = { chatId: chat().chatId, text: selection || text }
    else if (chosen !== undefined && chosen !== null) await copyMessage(entry, text, chosen)
  }

  async function copyMessage(entry: Said, text: string, how: MessageChoice): Promise<void> {
    const { chatId, customer } = chat()
    const copied = how === 'copy-named' ? saidLine(entry, chat(), text) : text
    await copy(copied, 'Message copied.')
    // Asked about when it is pasted to somebody else, like words that were selected.
    words.remember({ chatId, customer, text: copied })
  }

  return { open }
}

function wordsOf(entry: Said): string {
  return entry.kind === 'attachment' ? entry.files.map(({ name }) => name).join('\n') : plainWords(entry)
}
