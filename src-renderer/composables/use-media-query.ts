import { onBeforeUnmount, ref, type Ref } from 'vue'

/** Where the customer panel becomes a drawer over the conversation. */
export const narrowWindow = '(max-width: 1100px)'

export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)

  function update(): void {
    matches.value = list.matches
  }

  list.addEventListener('change', update)
  onBeforeUnmount(() => list.removeEventListener('change', update))
  return matches
}
