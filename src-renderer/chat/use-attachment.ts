import { computed, watch, type ComputedRef } from 'vue'
import type { AttachmentFile } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'
import { useFiles } from '../stores/files.ts'

export interface AttachmentActions {
  /** Saved in this session: only then is there a folder to show. */
  readonly isSaved: ComputedRef<boolean>
  readonly canSave: ComputedRef<boolean>
  /** It passed the scan, and nobody has it any more. */
  readonly isLost: ComputedRef<boolean>
  readonly save: () => Promise<void>
  readonly show: () => Promise<void>
}

export function useAttachment(chat: () => Chat, file: () => AttachmentFile): AttachmentActions {
  const files = useFiles()
  const isApproved = computed(() => file().status === 'approved')
  const isLost = computed(() => isApproved.value && files.isLost(chat(), file().attachmentId))

  watch(
    () => chat().link.phase === 'ended',
    (isOver) => isOver && void files.learnKept(chat().chatId),
    { immediate: true },
  )

  return {
    isSaved: computed(() => files.isSaved(chat().chatId, file().attachmentId)),
    canSave: computed(() => isApproved.value && !isLost.value),
    isLost,
    save: () => files.save(chat().chatId, file()),
    show: () => files.show(chat().chatId, file()),
  }
}
