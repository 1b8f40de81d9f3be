import { ref, type Ref } from 'vue'

const nearEnd = 24

export interface StickToEnd {
  readonly isAtEnd: Ref<boolean>
  /** Call when the reader may have moved. */
  readonly follow: () => void
  /** Call when the content may have grown: goes to the end again, if that is where the reader was. */
  readonly keep: () => void
  readonly toEnd: () => void
}

/** A log stays at its end only while the reader is there. */
export function useStickToEnd(element: () => HTMLElement | null): StickToEnd {
  const isAtEnd = ref(true)

  function follow(): void {
    const log = element()
    if (log !== null) isAtEnd.value = log.scrollHeight - log.scrollTop - log.clientHeight <= nearEnd
  }

  function keep(): void {
    if (isAtEnd.value) toEnd()
  }

  function toEnd(): void {
    const log = element()
    isAtEnd.value = true
    if (log !== null) log.scrollTop = log.scrollHeight
  }

  return { isAtEnd, follow, keep, toEnd }
}
