import type { Chat, ChatId, Custody, Instance, Notice, Surroundings } from '#shared/model.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { isBetweenTries, isQueued } from '../inbox/waiting.ts'
import { exactTimeOfDay } from '../ui/time.ts'
import { vouchFor, type InstanceState } from './connection.ts'

export interface Banner {
  readonly id: string
  readonly tone: 'due' | 'bad' | 'info'
  readonly icon: IconName
  readonly title: string
  readonly detail: string
  /** Ticks: shown, never announced. */
  readonly retryAt: number | null
  readonly action:
    { readonly kind: 'try-now'; readonly chatId: ChatId | null } | { readonly kind: 'dismiss' } | null
}

/** What stands over the work area about connections: for an instance that is down, or the chat in front. */
export function connectionBanners(
  states: readonly InstanceState[],
  active: Chat | null,
  now: number,
): readonly Banner[] {
  return states
    .map((state) => connectionBanner(state, active, now) ?? polledBanner(state))
    .filter((banner) => banner !== null)
    .slice(0, 2)
}

function connectionBanner(state: InstanceState, active: Chat | null, now: number): Banner | null {
  const { instance, live, down } = state
  const front = active === null ? undefined : down.find(({ chatId }) => chatId === active.chatId)
  const isWhole = down.length > 0 && down.length === live.length
  if (!isWhole && front === undefined) return null
  const unread = front === undefined ? null : unreadBanner(front, now)
  if (unread !== null) return unread
  const what = isWhole ? instance.label : (front?.customer ?? instance.label)
  const isIdle = (isWhole ? down : down.filter((chat) => chat === front)).some(isBetweenTries)
  const action = isIdle ? tryNow(isWhole ? null : (front?.chatId ?? null)) : null
  const isSending = (isWhole ? down : [front]).every((chat) => chat !== undefined && !isQueued(chat, now))
  const writing = isSending ? sentAtOnce : keepWriting
  const common = { id: `link-${instance.instanceId}`, retryAt: state.retryAt, action }
  const proven = front === undefined ? state.provenUpTo : front.completeUpTo
  const why = state.gateway === null ? '' : gatewaySentence(state.gateway)
  const provenText = proven === null ? 'since the chat began' : `since ${exactTimeOfDay(proven)}`
  if (proven === null || now - proven > vouchFor) {
    const title = `Parley can't confirm new messages from ${what}.`
    return {
      ...common,
      tone: 'bad',
      icon: 'alert',
      title,
      detail: `${why}No proof of delivery ${provenText}. ${writing}`,
    }
  }
  const title = state.isOffline ? 'This computer is offline.' : `Reconnecting to ${what}.`
  return { ...common, tone: 'due', icon: 'offline', title, detail: `${why}${writing}` }
}

function gatewaySentence(gateway: string): string {
  return `A gateway (${gateway}) answers in place of the chat service. A sign-in page or proxy may be in the way. `
}

/** Calls get through and sockets do not: everything works, and what customers write comes a little later. */
function polledBanner({ instance, polled, blockedHost }: InstanceState): Banner | null {
  if (polled.length === 0) return null
  const where =
    blockedHost === null
      ? 'The service gives no live connection'
      : `The network blocks the live connection to ${blockedHost}`
  return {
    id: `polled-${instance.instanceId}`,
    tone: 'due',
    icon: 'clock',
    title: `Messages from ${instance.label} come with a delay.`,
    detail: `${where}. New messages are read every few seconds, and what you write is sent at once.`,
    retryAt: null,
    action: tryNow(null),
  }
}

/** The line is up, but what was missed while it was down has not been read yet. */
function unreadBanner({ chatId, customer, link }: Chat, now: number): Banner | null {
  if (link.phase !== 'catching-up') return null
  const isOverdue = now - link.since > vouchFor
  return {
    id: `unread-${chatId}`,
    tone: isOverdue ? 'bad' : 'due',
    icon: isOverdue ? 'alert' : 'offline',
    title: isOverdue
      ? `Parley can't confirm new messages from ${customer}.`
      : `Reading what ${customer} wrote meanwhile.`,
    detail: 'What was missed has not been read yet. What you write is still sent.',
    retryAt: null,
    action: null,
  }
}

function tryNow(chatId: ChatId | null): Banner['action'] {
  return { kind: 'try-now', chatId }
}

const sentAtOnce = 'What you write is sent at once.'
const keepWriting = 'You can keep writing. Messages wait here and send in order.'

const onlyInMemory = 'Parley keeps sign-ins and messages in memory only.'
const backNextTime = 'What was saved is untouched and opens again'
const memoryOnlyReasons = {
  missing: `This computer has no keychain. ${onlyInMemory}`,
  locked: `The keychain is locked. ${onlyInMemory} ${backNextTime} when Parley starts with the keychain unlocked.`,
  unavailable: `The keychain does not answer. ${onlyInMemory} ${backNextTime} when Parley starts with the keychain there.`,
  changed: `The keychain changed. ${onlyInMemory} What was saved under the old one is set aside.`,
  foreign: `The saved secrets belong to another computer or user. ${onlyInMemory} They are set aside.`,
  corrupted: `The file of saved secrets is damaged. ${onlyInMemory} It is set aside.`,
  unwritable: `The folder of Parley takes nothing. ${onlyInMemory} ${backNextTime} when Parley may write there.`,
  'in-use': `The profile is in use elsewhere. ${onlyInMemory} ${backNextTime} when Parley starts here alone.`,
  newer: `A newer Parley has written here. ${onlyInMemory} What it saved is untouched and opens again with that version.`,
} as const

export function custodyBanner(custody: Custody): Banner | null {
  if (custody.mode !== 'memory-only') return null
  return {
    id: 'custody',
    tone: 'due',
    icon: 'key',
    title: 'Chats need re-joining after a restart.',
    detail: memoryOnlyReasons[custody.reason],
    retryAt: null,
    action: null,
  }
}

const weak = {
  'old-runtime': 'its browser part is an older one, for development, with holes that are known',
  'no-sandbox': 'its pages run without a sandbox',
} as const

/** As long as a real customer is there. Practising harms nobody. */
export function protectionBanner(
  weaknesses: Surroundings['weaknesses'],
  chats: readonly Chat[],
  instances: readonly Instance[],
): Banner | null {
  const practice = new Set(
    instances.filter(({ isPractice }) => isPractice).map(({ instanceId }) => instanceId),
  )
  if (weaknesses.length === 0 || chats.every(({ instanceId }) => practice.has(instanceId))) return null
  return {
    id: 'protection',
    tone: 'bad',
    icon: 'alert',
    title: 'This Parley is not safe for real customers.',
    detail: `On this computer ${weaknesses.map((one) => weak[one]).join(', and ')}. Use the installed Parley, or practise only.`,
    retryAt: null,
    action: null,
  }
}

export function noticeBanner(notice: Notice): Banner {
  const isAlert = notice.level === 'alert'
  return {
    id: notice.noticeId,
    tone: isAlert ? 'bad' : 'info',
    icon: isAlert ? 'alert' : 'info',
    title: notice.title,
    detail: notice.detail,
    retryAt: null,
    action: { kind: 'dismiss' },
  }
}
