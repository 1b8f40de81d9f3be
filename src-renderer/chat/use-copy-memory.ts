import type { Chat } from '#shared/model.ts'
import { useWorkspace } from '../stores/workspace.ts'

/** Remembers whose words were copied, so that pasting them to someone else can be asked about. */
export function useCopyMemory(chat: () => Chat): { readonly remember: () => void } {
  const workspace = useWorkspace()

  function remember(): void {
    const text = document.getSelection()?.toString().trim() ?? ''
    const { chatId, customer } = chat()
    if (text !== '') workspace.copied = { chatId, customer, text }
  }

  return { remember }
}
