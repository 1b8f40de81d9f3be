import { onScopeDispose, ref, type Ref } from 'vue'

const nearEnd = 24
/** Movement this soon after the content changed is the list finding its sizes, unless the reader's hand is on it. */
const settlesWithin = 150
const handRestsFor = 400

export interface StickToEnd {
  readonly isAtEnd: Ref<boolean>
  /** Call when the log has scrolled. */
  readonly follow: () => void
  /** Call when wheel or keys are used on the log: what moves now, the reader moves. */
  readonly takeHand: () => void
  /** Call when the content may have grown: goes to the end again, if that is where the reader was. */
  readonly keep: () => void
  readonly toEnd: () => void
  /** Call before the log is moved to somewhere else on purpose. */
  readonly leave: () => void
}

/** A log stays at its end only while the reader is there. */
export function useStickToEnd(element: () => HTMLElement | null): StickToEnd {
  const isAtEnd = ref(true)
  let lastTop = 0
  let changedAt = -Infinity
  let handUntil = -Infinity
  let frame: number | undefined

  function takeHand(): void {
    handUntil = performance.now() + handRestsFor
  }

  function follow(): void {
    const log = element()
    if (log === null) return
    const now = performance.now()
    const isReader = now < handUntil || now - changedAt > settlesWithin
    if (log.scrollHeight - log.scrollTop - log.clientHeight <= nearEnd) isAtEnd.value = true
    else if (log.scrollTop < lastTop && isReader) isAtEnd.value = false
    lastTop = log.scrollTop
  }

  function keep(): void {
    changedAt = performance.now()
    // Measuring forces a layout: once per frame is enough, however many messages a frame brings.
    if (isAtEnd.value) frame ??= requestAnimationFrame(settle)
  }

  function settle(): void {
    frame = undefined
    if (isAtEnd.value) toEnd()
  }

  function toEnd(): void {
    const log = element()
    isAtEnd.value = true
    if (log === null) return
    changedAt = performance.now()
    log.scrollTop = log.scrollHeight
    lastTop = log.scrollTop
  }

  function leave(): void {
    isAtEnd.value = false
  }

  onScopeDispose(() => {
    if (frame !== undefined) cancelAnimationFrame(frame)
  })

  return { isAtEnd, follow, takeHand, keep, toEnd, leave }
}
