import { onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue'

/** The inner width of an element, kept up to date. Until it is known: as wide as can be. */
export function useElementWidth(element: Readonly<ShallowRef<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = ref(Number.MAX_SAFE_INTEGER)
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) width.value = entry.contentRect.width
  })

  onMounted(() => {
    if (element.value === null) return
    width.value = element.value.clientWidth || Number.MAX_SAFE_INTEGER
    observer.observe(element.value)
  })
  onBeforeUnmount(() => observer.disconnect())

  return width
}
