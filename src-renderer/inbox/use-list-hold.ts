import { onScopeDispose, ref, type Ref } from 'vue'

/** A hand or a focus that rests in the list holds its rows this long and no longer. */
const holdTime = 2_000

export interface ListHold {
  readonly isHeld: Ref<boolean>
  readonly touch: () => void
  readonly point: (event: PointerEvent) => void
  readonly release: () => void
}

/** Rows stay where they are while somebody is about to take one. */
export function useListHold(): ListHold {
  const isHeld = ref(false)
  let timer: number | undefined
  let lastPlace = ''

  function touch(): void {
    isHeld.value = true
    window.clearTimeout(timer)
    timer = window.setTimeout(release, holdTime)
  }

  /** A browser reports a move also when it was the page that moved under the pointer. */
  function point({ clientX, clientY }: PointerEvent): void {
    const place = `${clientX} ${clientY}`
    if (place === lastPlace) return
    lastPlace = place
    touch()
  }

  function release(): void {
    window.clearTimeout(timer)
    isHeld.value = false
  }

  onScopeDispose(release)
  return { isHeld, touch, point, release }
}
