import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { matchingResponses, type QuickResponse } from './quick-responses.ts'

export interface QuickPicker {
  readonly isOpen: ComputedRef<boolean>
  readonly query: ComputedRef<string>
  readonly matches: ComputedRef<readonly QuickResponse[]>
  readonly index: Ref<number>
  /** The text from "/" to the caret, to be replaced by what is chosen. */
  readonly replaced: ComputedRef<{ readonly start: number; readonly end: number }>
  readonly follow: (text: string, caret: number) => void
  readonly toggle: () => void
  readonly close: () => void
  readonly move: (by: 1 | -1) => void
}

const trigger = /(?:^|\s)\/([\w-]*)$/u

/** Opens at "/" where a word begins, or by its button. */
export function useQuickResponses(): QuickPicker {
  const before = ref('')
  const dismissed = ref<string | null>(null)
  const isForced = ref(false)
  const index = ref(0)

  const typed = computed(() => trigger.exec(before.value)?.[1] ?? null)
  const query = computed(() => typed.value ?? '')
  const matches = computed(() => matchingResponses(query.value))
  const isOpen = computed(() => {
    if (matches.value.length === 0) return false
    return isForced.value || (typed.value !== null && dismissed.value !== before.value)
  })
  const replaced = computed(() => {
    const end = before.value.length
    return { start: typed.value === null ? end : end - typed.value.length - 1, end }
  })

  function follow(text: string, caret: number): void {
    const next = text.slice(0, caret)
    if (next === before.value) return
    before.value = next
    index.value = 0
    isForced.value = false
  }

  function toggle(): void {
    isForced.value = !isOpen.value
    index.value = 0
  }

  function close(): void {
    isForced.value = false
    dismissed.value = before.value
  }

  function move(by: 1 | -1): void {
    const count = matches.value.length
    index.value = (index.value + by + count) % count
  }

  return { isOpen, query, matches, index, replaced, follow, toggle, close, move }
}
