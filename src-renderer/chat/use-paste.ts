import { computed, ref, type ComputedRef } from 'vue'
import type { Chat } from '#shared/model.ts'
import { request } from '../desk.ts'
import { useNotices } from '../stores/notices.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { pastedFiles } from './pasted-files.ts'
import { useStaging } from './use-staging.ts'

const shortestGuarded = 4

export interface Paste {
  readonly copiedFrom: ComputedRef<string | null>
  /** Returns true when the clipboard held files, which are staged instead of typed. */
  readonly receive: (event: ClipboardEvent, text: string) => boolean
  readonly keep: () => void
  /** The text as it was before the paste that was warned of. */
  readonly undo: () => string
}

/** What comes from the clipboard: files are staged, words of another customer are asked about. */
export function usePaste(chat: () => Chat): Paste {
  const workspace = useWorkspace()
  const notices = useNotices()
  const { stage } = useStaging(() => chat().chatId)
  const guarded = ref<{ customer: string; before: string } | null>(null)

  function receive(event: ClipboardEvent, text: string): boolean {
    const board = event.clipboardData
    if (board === null) return false
    const files = pastedFiles(board)
    if (files.length > 0) {
      if (isScreenPicture(files)) void pastePicture()
      else void stage(files)
      return true
    }
    const pasted = board.getData('text/plain').trim()
    const { copied } = workspace
    const isOthers = copied !== null && copied.chatId !== chat().chatId && copied.text === pasted
    guarded.value =
      isOthers && pasted.length >= shortestGuarded ? { customer: copied.customer, before: text } : null
    return false
  }

  async function pastePicture(): Promise<void> {
    const work = request('upload.paste-image', { chatId: chat().chatId })
    await notices.attempt('The picture was not pasted.', work)
  }

  function keep(): void {
    guarded.value = null
  }

  function undo(): string {
    const before = guarded.value?.before ?? ''
    guarded.value = null
    return before
  }

  const copiedFrom = computed(() => guarded.value?.customer ?? null)
  return { copiedFrom, receive, keep, undo }
}

/** A picture that was never a file is handed over under this name, made at this moment. */
function isScreenPicture(files: readonly File[]): boolean {
  const [file] = files
  return files.length === 1 && file?.name === 'image.png' && Date.now() - file.lastModified < 2_000
}
