import { DeskError } from '#shared/failure.ts'
import type { Notice } from '#shared/model.ts'
import type { Clock } from '../chat/clock.ts'
import { pause } from '../pause.ts'
import type { ConversationStore } from '../store/conversation-store.ts'
import type { TokenVault } from '../vault/token-vault.ts'
import type { Inbox } from './inbox.ts'

export interface SignOutPorts {
  readonly clock: Clock
  readonly inbox: Inbox
  readonly vault: Pick<TokenVault, 'chats' | 'forget'>
  readonly store: Pick<ConversationStore, 'loadChats' | 'removeChat'>
  readonly endPractice: () => Promise<void>
  /** What earlier runs kept and this one could not open. */
  readonly removeClosed: () => Promise<void>
}

/** Leaving needs the tokens, which have to be gone within a second. */
const leaveWithin = 700

/**
 * Leaves every chat where the network allows it, then forgets: all tokens within a second, and after that every
 * conversation with its drafts, those that could not be opened as well. Settings stay. Rejects with `DeskError` when
 * the disk refuses; everything that it did not refuse is gone then.
 */
export async function signOut(ports: SignOutPorts): Promise<void> {
  const { clock, inbox, vault, store } = ports
  await Promise.race([leaveChats(inbox), pause(clock, leaveWithin)])
  await vault.forget(...vault.chats())
  const closed = await Promise.allSettled(inbox.chats().map(({ chatId }) => inbox.remove(chatId)))
  const rest = await Promise.allSettled([removeAll(store), ports.endPractice(), ports.removeClosed()])
  const refusal = [...closed, ...rest].find((outcome) => outcome.status === 'rejected')
  if (refusal !== undefined) throw refusal.reason
}

/** What of the vault knows of a sign-out that is under way. */
export type SignOutJournal = Pick<TokenVault, 'beginSignOut' | 'endSignOut' | 'isSignOutUnderWay'>

/**
 * As `signOut`, and done again at the next start should a kill or a power cut come between: it is whole or has not
 * begun. One that was refused is over, since the agent was told and may have gone on to work.
 */
export async function signOutForGood(journal: SignOutJournal, ports: SignOutPorts): Promise<void> {
  journal.beginSignOut()
  try {
    await signOut(ports)
  } finally {
    journal.endSignOut()
  }
}

/** At the start, once the conversations are back: does what was interrupted. Never rejects. */
export async function finishSignOut(
  journal: SignOutJournal,
  ports: SignOutPorts,
  tell: (notice: Notice) => void,
): Promise<void> {
  if (!journal.isSignOutUnderWay) return
  try {
    await signOutForGood(journal, ports)
  } catch (error) {
    const reason = error instanceof DeskError ? `${error.failure.message} ` : ''
    tell({ ...unfinishedNotice, detail: `${reason}${unfinishedNotice.detail}` })
  }
}

const unfinishedNotice: Notice = {
  noticeId: 'unfinished-sign-out',
  level: 'alert',
  title: 'Signing out could not be finished.',
  detail: 'Sign out again.',
}

/** A customer whose agent has merely fallen silent would go on waiting. */
async function leaveChats(inbox: Inbox): Promise<void> {
  const live = inbox.chats().filter(({ link }) => link.phase !== 'ended')
  await Promise.allSettled(live.map(({ chatId }) => inbox.session(chatId).end({ insist: true })))
}

async function removeAll(store: SignOutPorts['store']): Promise<void> {
  for (const { chatId } of await store.loadChats()) await store.removeChat(chatId)
}
