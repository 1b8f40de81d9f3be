import type { ChatId } from '#shared/model.ts'
import { stageFile } from '../desk.ts'
import { useNotices } from '../stores/notices.ts'

/** Puts files in the tray of a chat. What main refuses shows up there too, with the reason. */
export function useStaging(chatId: () => ChatId): {
  readonly stage: (files: Iterable<File>) => Promise<void>
} {
  const notices = useNotices()

  async function stage(files: Iterable<File>): Promise<void> {
    const target = chatId()
    for (const file of files) {
      await notices.attempt(`${file.name} was not added.`, stageFile(target, file))
    }
  }

  return { stage }
}
