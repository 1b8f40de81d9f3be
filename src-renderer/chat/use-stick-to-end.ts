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
  let lastTop = 0

  function follow(): void {
    const log = element()
    if (log === null) return
    // Rows are measured while they scroll by, so the end moves. Only going up means to leave it.
    const isNear = log.scrollHeight - log.scrollTop - log.clientHeight <= nearEnd
    if (isNear) isAtEnd.value = true
    else if (log.scrollTop < lastTop) isAtEnd.value = false
    lastTop = log.scrollTop
  }

  function keep(): void {
    if (isAtEnd.value) toEnd()
  }

  function toEnd(): void {
    const log = element()
    isAtEnd.value = true
    if (log === null) return
    log.scrollTop = log.scrollHeight
    lastTop = log.scrollTop
  }

  return { isAtEnd, follow, keep, toEnd }
}
