import type { Chat } from '#shared/model.ts'
import { request } from '../desk.ts'
import { useNotices } from '../stores/notices.ts'
import { pastedFiles } from './pasted-files.ts'
import { useStaging } from './use-staging.ts'

export interface Paste {
  /** Files are staged instead of typed. */
  readonly receive: (event: ClipboardEvent) => void
}

/** Files that come from the clipboard. */
export function usePaste(chat: () => Chat): Paste {
  const notices = useNotices()
  const { stage } = useStaging(() => chat().chatId)

  function receive(event: ClipboardEvent): void {
    const board = event.clipboardData
    const files = board === null ? [] : pastedFiles(board)
    if (files.length === 0) return
    event.preventDefault()
    if (isScreenPicture(files)) void pastePicture()
    else void stage(files)
  }

  async function pastePicture(): Promise<void> {
    const work = request('upload.paste-image', { chatId: chat().chatId })
    await notices.attempt('The picture was not pasted.', work)
  }

  return { receive }
}

/** A picture that was never a file is handed over under this name, made at this moment. */
function isScreenPicture(files: readonly File[]): boolean {
  const [file] = files
  return files.length === 1 && file?.name === 'image.png' && Date.now() - file.lastModified < 2_000
}
