import { computed, ref, type ComputedRef, type Ref, type WritableComputedRef } from 'vue'
import type { Chat } from '#shared/model.ts'
import { joinHeld, meaningOfEnter, settleTime, type EnterMeaning } from '../stores/aim.ts'
import { useKeyAim } from '../stores/key-aim.ts'

export interface AimedKeys {
  /** Keys go beside the draft until the agent says that this customer is meant. */
  readonly isHeld: ComputedRef<boolean>
  readonly held: ComputedRef<string>
  /** What the field shows and takes: the draft, or the keys that are held. */
  readonly shown: WritableComputedRef<string>
  /** Enter met a text that was there before; says so until something is done. */
  readonly isExplaining: Ref<boolean>
  readonly focused: () => void
  readonly left: (event: FocusEvent) => void
  readonly touched: () => void
  readonly clicked: () => void
  readonly pressEnter: (isRepeat: boolean) => EnterMeaning
  /** A new line that was meant for what had the focus before. */
  readonly isStrayLine: (isRepeat: boolean) => boolean
  readonly clear: () => void
}

/** Between the keyboard and the draft: nothing gets there, and Enter sends nothing, unless this customer is meant. */
export function useAimedKeys(chat: () => Chat, text: Ref<string>): AimedKeys {
  const keyAim = useKeyAim()
  const isExplaining = ref(false)
  let isWindowAway = false
  const isHeld = computed(() => keyAim.isHeld && keyAim.aim.chatId === chat().chatId)
  const held = computed(() => (isHeld.value ? keyAim.held : ''))
  const shown = computed({
    get: () => (isHeld.value ? held.value : text.value),
    set: (value) => {
      if (isHeld.value) keyAim.hold(chat().chatId, value)
      else text.value = value
    },
  })

  function focused(): void {
    if (!isWindowAway) keyAim.focus()
    isWindowAway = false
    isExplaining.value = false
  }

  /** When only the window goes away the page keeps its focus, and whom the keys are for. */
  function left(event: FocusEvent): void {
    isWindowAway = document.activeElement === event.target
  }

  function touched(): void {
    keyAim.touch()
    isExplaining.value = false
  }

  /** A press on the field itself says whom it is for. What is held already still has to be answered. */
  function clicked(): void {
    if (isHeld.value && held.value === '') keyAim.choose(chat().chatId)
    touched()
  }

  function continueTyping(): void {
    text.value = joinHeld(text.value, held.value)
    keyAim.confirm()
  }

  function pressEnter(isRepeat: boolean): EnterMeaning {
    const press = { isRepeat, heldKeys: held.value, hasText: text.value.trim() !== '', at: performance.now() }
    const meaning = meaningOfEnter(keyAim.aim, press)
    if (meaning === 'continues') continueTyping()
    isExplaining.value = meaning === 'explains'
    return meaning
  }

  function isStrayLine(isRepeat: boolean): boolean {
    const { readyAt, focusedAt, heldSince } = keyAim.aim
    if (readyAt !== null || heldSince !== null) return false
    return isRepeat || performance.now() - focusedAt < settleTime
  }

  function clear(): void {
    keyAim.hold(chat().chatId, '')
    keyAim.choose(chat().chatId)
  }

  return {
    isHeld,
    held,
    shown,
    isExplaining,
    focused,
    left,
    touched,
    clicked,
    pressEnter,
    isStrayLine,
    clear,
  }
}
