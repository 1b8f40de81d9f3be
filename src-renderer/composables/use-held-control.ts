import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { useInbox } from '../stores/inbox.ts'

/** Shorter, and it is the beginning of a shortcut that the agent knows. */
const shownAfter = 250

/** The control key is held down, alone and for a moment: somebody looks for what it can do. */
export function useHeldControl(): Readonly<Ref<boolean>> {
  const inbox = useInbox()
  const isHeld = ref(false)
  let timer: number | undefined

  function press(event: KeyboardEvent): void {
    const name = inbox.surroundings.platform === 'mac' ? 'Meta' : 'Control'
    if (event.key !== name) letGo()
    else if (!event.repeat) timer = window.setTimeout(() => (isHeld.value = true), shownAfter)
  }

  function letGo(): void {
    window.clearTimeout(timer)
    isHeld.value = false
  }

  const away = new AbortController()
  onMounted(() => {
    const early = { capture: true, signal: away.signal }
    window.addEventListener('keydown', press, early)
    window.addEventListener('keyup', letGo, early)
    // A window that loses the focus never hears of the key that goes up.
    window.addEventListener('blur', letGo, { signal: away.signal })
  })
  onBeforeUnmount(() => {
    away.abort()
    letGo()
  })
  return isHeld
}
