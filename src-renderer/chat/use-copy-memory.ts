import type { Chat } from '#shared/model.ts'
import { useCopiedWords } from '../stores/copied-words.ts'

/** Remembers whose words are copied, cut or dragged, wherever in a chat they are. */
export function useCopyMemory(chat: () => Chat): { readonly remember: (event: Event) => void } {
  const words = useCopiedWords()

  function remember(event: Event): void {
    const { chatId, customer } = chat()
    for (const text of [givenText(event), selectedText(event.target)]) {
      words.remember({ chatId, customer, text })
    }
  }

  return { remember }
}

/** A part that copies in its own way has put its words there by now. */
function givenText(event: Event): string {
  if (event instanceof ClipboardEvent) return event.clipboardData?.getData('text/plain') ?? ''
  if (event instanceof DragEvent) return event.dataTransfer?.getData('text/plain') ?? ''
  return ''
}

function selectedText(target: EventTarget | null): string {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) {
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0)
  }
  return document.getSelection()?.toString() ?? ''
}
