import { onBeforeUnmount, onMounted } from 'vue'

const unable = ':disabled, [inert], [inert] *'
const focusable = 'textarea, input, select, button, a[href], [tabindex]'

/**
 * The focus never falls to the page itself. What had it may go away, be switched off or move with its row: then it goes
 * to the nearest thing that held it and can take it.
 */
export function useFocusKeeper(): void {
  let last: HTMLElement | null = null
  let around: readonly Element[] = []
  let isPressing = false

  function note(event: FocusEvent): void {
    if (!(event.target instanceof HTMLElement)) return
    last = event.target
    around = ancestorsOf(event.target)
  }

  /** A press on an empty place takes the focus away on purpose. */
  function forget(event: FocusEvent): void {
    if (isPressing && event.relatedTarget === null) last = null
  }

  function press(): void {
    isPressing = true
    window.setTimeout(() => (isPressing = false))
  }

  function check(): void {
    if (last === null || isWell(document.activeElement)) return
    if (canTake(last)) last.focus({ preventScroll: true })
    else
      around
        .map(placeIn)
        .find((place) => place !== null)
        ?.focus({ preventScroll: true })
  }

  const observer = new MutationObserver(check)
  onMounted(() => {
    document.addEventListener('focusin', note)
    document.addEventListener('focusout', forget)
    window.addEventListener('pointerdown', press, true)
    const attributeFilter = ['disabled', 'inert', 'hidden']
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter })
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    document.removeEventListener('focusin', note)
    document.removeEventListener('focusout', forget)
    window.removeEventListener('pointerdown', press, true)
  })
}

/** A browser notices later that what has the focus was switched off; keys are lost before that. */
function isWell(active: Element | null): boolean {
  return active !== null && active !== document.body && !active.matches(unable)
}

function ancestorsOf(element: Element): readonly Element[] {
  const found: Element[] = []
  for (let at = element.parentElement; at !== null; at = at.parentElement) found.push(at)
  return found
}

/** The part itself where it can take the focus, a composer's field, or else its first control. */
function placeIn(part: Element): HTMLElement | null {
  if (!part.isConnected) return null
  if (part instanceof HTMLElement && part.hasAttribute('tabindex') && canTake(part)) return part
  if (part !== document.body && !part.matches('[data-landmark], [data-focus-home], dialog, .win')) return null
  const places = [...part.querySelectorAll<HTMLElement>(focusable)].filter(canTake)
  const field = places.find((place) => place instanceof HTMLTextAreaElement || place.matches('.endbar'))
  return field ?? places[0] ?? null
}

function canTake(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(unable) && element.checkVisibility()
}
