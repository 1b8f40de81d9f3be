import { describe, expect, it } from 'vitest'
import { useFileDrop, type FileDrop } from './use-file-drop.ts'

function drag(type: string, types: readonly string[] = ['Files'], files: readonly File[] = []): DragEvent {
  const event = new Event(type, { cancelable: true }) as DragEvent
  const items = files.map(() => ({ kind: 'file' }))
  Object.defineProperty(event, 'dataTransfer', { value: { types, files, items, dropEffect: 'none' } })
  return event
}

describe('useFileDrop', () => {
  const label = new File(['x'], 'label.pdf')

  function start(): { drop: FileDrop; received: string[] } {
    const received: string[] = []
    const drop = useFileDrop((files) => received.push(...files.map(({ name }) => name)))
    return { drop, received }
  }

  it('shows itself while files are over it, children included', () => {
    const { drop } = start()

    drop.handlers.dragenter(drag('dragenter', ['Files'], [label, label]))
    drop.handlers.dragenter(drag('dragenter'))
    drop.handlers.dragleave(drag('dragleave'))
    const inside = drop.isOver.value
    drop.handlers.dragleave(drag('dragleave'))

    expect([inside, drop.isOver.value]).toEqual([true, false])
  })

  it('takes the files and is done', () => {
    const { drop, received } = start()
    drop.handlers.dragenter(drag('dragenter'))
    const dropped = drag('drop', ['Files'], [label])

    drop.handlers.drop(dropped)

    expect(received).toEqual(['label.pdf'])
    expect(drop.isOver.value).toBe(false)
    expect(dropped.defaultPrevented).toBe(true)
  })

  it('leaves dragged text alone', () => {
    const { drop, received } = start()
    const over = drag('dragover', ['text/plain'])

    drop.handlers.dragenter(drag('dragenter', ['text/plain']))
    drop.handlers.dragover(over)
    drop.handlers.drop(drag('drop', ['text/plain']))

    expect(drop.isOver.value).toBe(false)
    expect(over.defaultPrevented).toBe(false)
    expect(received).toEqual([])
  })
})
