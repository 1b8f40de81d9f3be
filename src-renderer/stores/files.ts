import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { AttachmentFile } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { Chat, ChatId } from '#shared/model.ts'
import { request } from '../desk.ts'
import { counted } from '../ui/time.ts'
import { useNotices } from './notices.ts'

/** What this page knows of the files it shows beyond the conversation: saved ones, and those that can still be had. */
export const useFiles = defineStore('files', () => {
  const notices = useNotices()
  const saved = shallowReactive(new Map<ChatId, ReadonlySet<string>>())
  /** Of chats that are over: the files that are at hand without the service. */
  const kept = shallowReactive(new Map<ChatId, ReadonlySet<string>>())

  const asking = new Set<ChatId>()

  function isSaved(chatId: ChatId, attachmentId: string): boolean {
    return saved.get(chatId)?.has(attachmentId) ?? false
  }

  function noteSaved(chatId: ChatId, attachmentIds: readonly string[]): void {
    saved.set(chatId, new Set([...(saved.get(chatId) ?? []), ...attachmentIds]))
  }

  /** Nobody has it any more: the chat is over, and there is no copy. */
  function isLost({ chatId, link }: Pick<Chat, 'chatId' | 'link'>, attachmentId: string): boolean {
    return link.phase === 'ended' && kept.get(chatId)?.has(attachmentId) === false
  }

  function unsaved({ chatId, filesReceived }: Pick<Chat, 'chatId' | 'filesReceived'>): number {
    return Math.max(0, filesReceived - (saved.get(chatId)?.size ?? 0))
  }

  /** To be asked once a chat is over. */
  async function learnKept(chatId: ChatId): Promise<void> {
    if (asking.has(chatId)) return
    asking.add(chatId)
    try {
      const { attachmentIds } = await request('attachment.kept', { chatId })
      kept.set(chatId, new Set(attachmentIds))
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
    } finally {
      asking.delete(chatId)
    }
  }

  async function save(chatId: ChatId, { attachmentId, name }: Named): Promise<void> {
    const work = request('attachment.save', { chatId, attachmentId })
    const outcome = await notices.attempt(`${name} was not saved.`, work)
    if (outcome === 'saved') noteSaved(chatId, [attachmentId])
  }

  async function saveAll(chatId: ChatId): Promise<void> {
    const result = await notices.attempt(
      'The files were not saved.',
      request('attachment.save-all', { chatId }),
    )
    if (result === undefined || result.saved.length + result.failed.length === 0) return
    noteSaved(chatId, result.saved)
    const trouble = result.failed.map(({ name, reason }) => `${name}: ${reason}`).join(' ')
    notices.tell(
      trouble === '' ? 'status' : 'alert',
      `${counted(result.saved.length, 'file')} saved.`,
      trouble,
    )
  }

  async function show(chatId: ChatId, { attachmentId, name }: Named): Promise<void> {
    await notices.attempt(`${name} was not found.`, request('attachment.show', { chatId, attachmentId }))
  }

  return { isSaved, isLost, unsaved, learnKept, save, saveAll, show }
})

type Named = Pick<AttachmentFile, 'attachmentId' | 'name'>
