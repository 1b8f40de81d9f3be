import { chatName } from '#shared/customer-name.ts'
import type { ChatId, Notice } from '#shared/model.ts'
import type { ConversationStore, StoredChat } from '../store/conversation-store.ts'
import type { Counts } from '../store/inventory.ts'
import { ChatRecord, parseRecord } from '../store/records.ts'
import { Secret } from '../vault/secret.ts'
import type { TokenVault } from '../vault/token-vault.ts'
import { lossNotice } from './loss-notice.ts'
import { type InstanceOptions, practiceInstanceId, storedInstance, tokenInstanceOf } from './instances.ts'

export interface RestorationPorts {
  readonly store: Pick<ConversationStore, 'loadChats' | 'saveChat' | 'removeChat'>
  readonly vault: Pick<TokenVault, 'recall' | 'forget' | 'chats' | 'keepContact' | 'recallContact'>
  readonly now: () => number
  readonly tell: (notice: Notice) => void
  readonly start: (left: LeftChat) => Promise<void>
  /** Something about this conversation, or about reading them at all (null), went wrong. */
  readonly failed: (chatId: ChatId | null, error: unknown) => void
}

/** What there is to bring chats back with. */
export interface Remains {
  readonly instances: readonly InstanceOptions[]
  /** What earlier runs kept and the database does not have any more; null when nothing is known to be missing. */
  readonly lost: Counts | null
}

/** A conversation of an earlier run, with all that it takes to go on. */
export interface LeftChat {
  readonly chat: StoredChat
  readonly instance: InstanceOptions
  readonly participant: Secret
  readonly connection: Secret | null
}

/** A conversation that is over never dials, and its token is gone. */
const forgottenToken = new Secret('')

/**
 * Brings back the conversations of earlier runs. Only those with practice customers are removed, who live as long as
 * the app that plays them; whatever cannot be brought back now stays where it is, and the agent is told. Never rejects.
 */
export async function restoreChats(ports: RestorationPorts, remains: Remains): Promise<void> {
  const stored = await loadChats(ports)
  if (stored === null) {
    ports.tell(unreadNotice)
    return
  }
  const found = chatsOfVault(ports, stored)
  const chats = [...stored, ...found]
  const strays: StoredChat[] = []
  const broken: StoredChat[] = []
  for (const chat of chats) {
    const instance = instanceOf(chat, remains.instances)
    try {
      if (isPractice(chat)) await ports.store.removeChat(chat.chatId)
      else if (instance === null) strays.push(chat)
      else {
        // Whatever becomes of this run, the store knows it from now on; a disk that refuses is told by the chat.
        if (found.includes(chat)) await ports.store.saveChat(chat).catch(() => undefined)
        await ports.start(await leftChat(ports, chat, instance))
      }
    } catch (error) {
      ports.failed(chat.chatId, error)
      if (!isPractice(chat)) broken.push(chat)
    }
  }
  if (strays.length > 0) ports.tell(straysNotice(strays))
  if (broken.length > 0) ports.tell(brokenNotice(broken))
  const loss = remains.lost === null ? null : lossNotice(remains.lost, found)
  if (loss !== null) ports.tell(loss)
  await forgetEnded(ports, chats)
}

/**
 * The app may have ended before it had forgotten a token. Only those of chats that are known to be over go: a chat
 * that nobody here knows may be one whose record a power cut took.
 */
async function forgetEnded({ vault }: RestorationPorts, chats: readonly StoredChat[]): Promise<void> {
  const over = new Set(
    chats.flatMap((chat) => (chat.endedAt !== null || isPractice(chat) ? chat.chatId : [])),
  )
  const ended = vault.chats().filter((chatId) => over.has(chatId))
  if (ended.length > 0) await vault.forget(...ended)
}

/** Live chats that only the vault knows: the database lost them. All else comes from the service again. */
function chatsOfVault({ vault }: RestorationPorts, stored: readonly StoredChat[]): readonly StoredChat[] {
  const known = new Set(stored.map(({ chatId }) => chatId))
  return vault.chats().flatMap((chatId) => {
    const card = known.has(chatId) ? null : vault.recallContact(chatId)
    const record = card === null ? null : parseRecord(ChatRecord, card)
    return record === null ? [] : { ...record, draft: '' }
  })
}

function isPractice({ instanceId }: StoredChat): boolean {
  return instanceId === practiceInstanceId
}

/** Null when the store does not say. */
async function loadChats({ store, failed }: RestorationPorts): Promise<readonly StoredChat[] | null> {
  try {
    return await store.loadChats()
  } catch (error) {
    failed(null, error)
    return null
  }
}

/** As it is set up now; as it was when the chat began where nobody has it set up any more. */
function instanceOf(chat: StoredChat, instances: readonly InstanceOptions[]): InstanceOptions | null {
  const known = instances.find(({ instanceId }) => instanceId === chat.instanceId)
  if (known !== undefined) return known
  if (chat.instance === null) return tokenInstanceOf(chat.instanceId)
  return { ...chat.instance, instanceId: chat.instanceId, isPractice: false }
}

async function leftChat(
  { vault, now }: RestorationPorts,
  chat: StoredChat,
  instance: InstanceOptions,
): Promise<LeftChat> {
  const participant = await vault.recall(chat.chatId, 'participant')
  // Without its token a chat cannot be joined again: it is shown as over.
  const isLost = participant === null && chat.endedAt === null
  const fate = isLost ? { endedAt: now(), endReason: 'rejected' } : {}
  const left = { ...chat, ...fate, instance: storedInstance(instance) }
  if (left.endedAt === null) keepContact(vault, left)
  return {
    chat: left,
    instance,
    participant: participant ?? forgottenToken,
    connection: await vault.recall(chat.chatId, 'connection'),
  }
}

const unreadNotice: Notice = {
  noticeId: 'unread-chats',
  level: 'alert',
  title: 'The saved conversations could not be read.',
  detail: 'Nothing was removed. Restart Parley to try again.',
}

function brokenNotice(broken: readonly StoredChat[]): Notice {
  return {
    noticeId: 'broken-chats',
    level: 'alert',
    title:
      broken.length === 1
        ? 'A conversation could not be opened.'
        : `${broken.length} conversations could not be opened.`,
    detail: `Nothing was removed: ${namesOf(broken)}. Restart Parley to try again.`,
  }
}

/** Keeps in the vault what `chat` is known by, without what the service can tell again. */
export function keepContact(
  vault: Pick<TokenVault, 'keepContact' | 'recallContact'>,
  { draft: _, ...chat }: StoredChat,
): void {
  const card: ChatRecord = { ...chat, completeUpTo: null, lastServiceId: null, unread: 0 }
  const text = JSON.stringify(card)
  if (vault.recallContact(chat.chatId) !== text) vault.keepContact(chat.chatId, text)
}

function straysNotice(strays: readonly StoredChat[]): Notice {
  const count = strays.length
  return {
    noticeId: 'stray-chats',
    level: 'alert',
    title:
      count === 1
        ? 'A conversation belongs to an instance that is no longer set up.'
        : `${count} conversations belong to an instance that is no longer set up.`,
    detail: `Nothing was removed: ${namesOf(strays)}. Set the instance up again and restart Parley.`,
  }
}

function namesOf(chats: readonly StoredChat[]): string {
  return chats.map(chatName).join(', ')
}
