import { watch, type Ref } from 'vue'
import type { Chat } from '#shared/model.ts'
import { useWorkspace } from '../stores/workspace.ts'

/** Takes words that are to be quoted into the field, behind what is typed. */
export function useQuotation(
  chat: () => Chat,
  { text, replace }: { readonly text: Readonly<Ref<string>>; readonly replace: (next: string) => void },
): void {
  const workspace = useWorkspace()

  watch(
    () => workspace.quotation,
    (quotation) => {
      if (quotation?.chatId !== chat().chatId) return
      workspace.quotation = null
      const before = text.value === '' || text.value.endsWith('\n') ? text.value : `${text.value}\n`
      replace(before + quoted(quotation.text))
    },
  )
}

/** Quoted as in mail: every line behind a sign, and room to answer below. */
export function quoted(text: string): string {
  const lines = text.trim().split(/\r?\n/u)
  return `${lines.map((line) => `> ${line}`).join('\n')}\n`
}
