import { computed, watch, type ComputedRef, type Ref } from 'vue'
import type { Chat } from '#shared/model.ts'
import { useCopiedWords } from '../stores/copied-words.ts'
import { editBetween, moveMarks, type ForeignMark } from './foreign-words.ts'
import { useNames } from '../stores/names.ts'
import { isolated } from '../ui/bidi.ts'

export interface ForeignWords {
  readonly marks: ComputedRef<readonly ForeignMark[]>
  /** Whose words are in the text and not answered for. */
  readonly copiedFrom: ComputedRef<string | null>
  readonly keep: () => void
}

/**
 * Words of another customer in a draft, however they got there: pasted, dropped, undone or redone. They are followed
 * through every change of the text, and the question goes when they do.
 */
export function useForeignWords(
  chat: () => Chat,
  { text, field }: { readonly text: Ref<string>; readonly field: () => HTMLTextAreaElement | null },
): ForeignWords {
  const words = useCopiedWords()
  const names = useNames()
  const { chatId } = chat()
  const marks = computed(() => words.marks.get(chatId) ?? [])

  watch(
    text,
    (after, before) => {
      const box = field()
      // The field has the new text already when it was the keyboard, the clipboard or an undo.
      const caret = box?.value === after ? box.selectionEnd : after.length
      const edit = editBetween(before, after, caret)
      const from = words.sourceOf(edit.inserted, chatId)
      const moved = moveMarks(marks.value, edit)
      const end = edit.start + edit.inserted.length
      words.mark(chatId, from === null ? moved : [...moved, { start: edit.start, end, from }])
    },
    { flush: 'sync' },
  )

  function keep(): void {
    words.mark(chatId, [])
  }

  const copiedFrom = computed(() => {
    const customers = [...new Set(marks.value.map(({ from }) => isolated(names.of(from))))]
    return customers.length === 0 ? null : customers.join(' and ')
  })

  return { marks, copiedFrom, keep }
}
