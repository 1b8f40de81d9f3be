import { ref, type Ref } from 'vue'

export interface FileDrop {
  readonly isOver: Ref<boolean>
  readonly count: Ref<number>
  readonly handlers: Readonly<
    Record<'dragenter' | 'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>
  >
}

/** Files dragged over an element. Entering a child counts as leaving its parent, hence the depth. */
export function useFileDrop(receive: (files: readonly File[]) => void): FileDrop {
  const isOver = ref(false)
  const count = ref(0)
  let depth = 0

  function end(): void {
    depth = 0
    isOver.value = false
  }

  const handlers: FileDrop['handlers'] = {
    dragenter(event) {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth += 1
      isOver.value = true
      count.value = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').length
    },
    dragover(event) {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    },
    dragleave() {
      depth -= 1
      if (depth <= 0) end()
    },
    drop(event) {
      if (!hasFiles(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      end()
      if (files.length > 0) receive(files)
    },
  }

  return { isOver, count, handlers }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
