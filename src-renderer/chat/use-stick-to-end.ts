import { onScopeDispose, ref, type Ref } from 'vue'

const nearEnd = 24
const handRestsFor = 400
const upwards: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home', ' '])

export interface StickToEnd {
  readonly isAtEnd: Ref<boolean>
  /** From now on: whatever changes the size of the log or of what it holds, the end stays in view. */
  readonly begin: () => void
  /** Call when the log has scrolled. */
  readonly follow: () => void
  /** Call when wheel, keys or pointer are used on the log: what moves now, the reader moves. */
  readonly takeHand: (event: Event) => void
  readonly toEnd: () => void
  /** Call before the log is moved to somewhere else on purpose. */
  readonly leave: () => void
}

/**
 * A log stays at its end only while the reader is there. What moved it is not told by how long ago something changed,
 * for a busy page is late with everything, but by what is on it: when the list finds the sizes of its rows, the height
 * is another one than it was; when a person or a script scrolls, it is the same.
 */
export function useStickToEnd(element: () => HTMLElement | null): StickToEnd {
  const isAtEnd = ref(true)
  let last = { top: 0, height: 0, view: 0 }
  let handUntil = -Infinity
  let sizes: ResizeObserver | undefined

  function begin(): void {
    const log = element()
    if (log === null) return
    sizes ??= new ResizeObserver(keep)
    sizes.observe(log)
    if (log.firstElementChild !== null) sizes.observe(log.firstElementChild)
    keep()
  }

  function takeHand(event: Event): void {
    if (!isUpwards(event, element())) return
    handUntil = performance.now() + handRestsFor
  }

  function follow(): void {
    const log = element()
    if (log === null) return
    const { scrollTop: top, scrollHeight: height, clientHeight: view } = log
    const isReader = performance.now() < handUntil || (height === last.height && view === last.view)
    if (height - top - view <= nearEnd) isAtEnd.value = true
    else if (isAtEnd.value && top < last.top && isReader) isAtEnd.value = false
    else keep()
    last = { top: log.scrollTop, height, view }
  }

  function keep(): void {
    // Before it begins the log has not drawn itself: moving it then would leave it drawing its top.
    if (sizes !== undefined && isAtEnd.value) toEnd()
  }

  function toEnd(): void {
    const log = element()
    isAtEnd.value = true
    if (log === null) return
    log.scrollTop = log.scrollHeight
    last = { top: log.scrollTop, height: log.scrollHeight, view: log.clientHeight }
  }

  function leave(): void {
    isAtEnd.value = false
  }

  onScopeDispose(() => sizes?.disconnect())

  return { isAtEnd, begin, follow, takeHand, toEnd, leave }
}

function isUpwards(event: Event, log: HTMLElement | null): boolean {
  if (event instanceof WheelEvent) return event.deltaY < 0
  if (event instanceof KeyboardEvent) return upwards.has(event.key)
  // The scroll bar belongs to the log itself; what is pressed inside is a button or the beginning of a selection.
  return event.target === log || event.type === 'touchmove'
}
