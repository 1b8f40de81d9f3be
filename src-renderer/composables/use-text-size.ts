import { nextTextSize } from '#shared/text-size.ts'
import { request } from '../desk.ts'
import { useInbox } from '../stores/inbox.ts'
import { quietly } from '../stores/notices.ts'

/** A wheel turns in many small steps, a hand on a pad in hundreds. */
const turnOfOneStep = 100

interface TextSize {
  readonly set: (textSize: number) => void
  readonly step: (by: 1 | -1) => void
  readonly turn: (event: WheelEvent) => void
}

/** The size of everything in the window: by key, by wheel, or in the settings. */
export function useTextSize(): TextSize {
  const inbox = useInbox()
  /** What was asked for, until it comes back as a setting. */
  let asked: number | null = null
  let turned = 0

  function set(textSize: number): void {
    asked = textSize
    void quietly(request('settings.change', { textSize })).finally(() => {
      if (asked === textSize) asked = null
    })
  }

  function step(by: 1 | -1): void {
    const size = asked ?? inbox.settings.textSize
    const next = nextTextSize(size, by)
    if (next !== size) set(next)
  }

  function turn(event: WheelEvent): void {
    if (!event.ctrlKey) return
    event.preventDefault()
    turned += event.deltaY
    if (Math.abs(turned) < turnOfOneStep) return
    step(turned < 0 ? 1 : -1)
    turned = 0
  }

  return { set, step, turn }
}
