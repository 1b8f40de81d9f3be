import { ref, type Ref } from 'vue'
import type { AttachmentFile } from '#shared/entry.ts'
import type { ChatId } from '#shared/model.ts'
import { request } from '../desk.ts'
import { useNotices } from '../stores/notices.ts'

export interface AttachmentActions {
  /** Saved in this session: only then is there a folder to show. */
  readonly isSaved: Ref<boolean>
  readonly save: () => Promise<void>
  readonly show: () => Promise<void>
}

export function useAttachment(
  chatId: () => ChatId,
  file: () => Pick<AttachmentFile, 'attachmentId' | 'name'>,
): AttachmentActions {
  const notices = useNotices()
  const isSaved = ref(false)

  async function save(): Promise<void> {
    const { attachmentId, name } = file()
    const work = request('attachment.save', { chatId: chatId(), attachmentId })
    const outcome = await notices.attempt(`${name} was not saved.`, work)
    if (outcome === 'saved') isSaved.value = true
  }

  async function show(): Promise<void> {
    const { attachmentId, name } = file()
    const work = request('attachment.show', { chatId: chatId(), attachmentId })
    await notices.attempt(`${name} was not found.`, work)
  }

  return { isSaved, save, show }
}
