import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { Entry } from '#shared/entry.ts'
import { cutTo } from '#shared/cut.ts'
import type { Chat, ChatId } from '#shared/model.ts'
import { eventText } from '../chat/event-text.ts'
import { plainWords } from '../chat/plain-words.ts'
import { senderName } from '../chat/senders.ts'
import { firstName } from '../inbox/first-name.ts'
import { levelOf, type Level } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import { useInbox } from '../stores/inbox.ts'
import { useTimelines } from '../stores/timelines.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { counted } from '../ui/time.ts'
import { Announcements } from './announcements.ts'
import { useNames } from '../stores/names.ts'

/** Numbered: the same words twice are two announcements. */
export interface Said {
  readonly number: number
  readonly text: string
}

/** Nobody listens to more of one message than this; the rest stands in the log. */
const longestSaid = 500

/**
 * Words for the one live region. Each message is announced once: in the open chat by what it says, in the others by
 * how many came. So is each offer, and each customer who becomes due or late.
 */
export function useAnnouncer(): Readonly<ShallowRef<Said | null>> {
  const clock = useClock()
  const inbox = useInbox()
  const names = useNames()
  const timelines = useTimelines()
  const workspace = useWorkspace()
  const said = shallowRef<Said | null>(null)
  const announcements = new Announcements((text) => {
    said.value = { number: (said.value?.number ?? 0) + 1, text }
  })
  const others = new Map<ChatId, { unread: number; untold: number }>()
  const levels = new Map<ChatId, Level>()
  /** Of the open chat; null until its conversation is there. */
  let front: { chatId: ChatId; known: Set<string> } | null = null

  /** The first name alone, unless it could be somebody else. */
  function calledOf(chat: Chat): string {
    return names.markOf(chat.chatId) === null ? firstName(chat.customer) : names.of(chat)
  }

  function isInFront({ chatId }: Chat): boolean {
    return front?.chatId === chatId && workspace.active === chatId
  }

  /** Read or not: somebody who listens has not heard of it yet. */
  function tellOfOthers(chat: Chat, isFirstLook: boolean): void {
    const key = `messages-${chat.chatId}`
    const before = others.get(chat.chatId)
    const more = isInFront(chat) ? 0 : chat.unread - (before?.unread ?? (isFirstLook ? chat.unread : 0))
    const waits = announcements.isWaiting(key) ? (before?.untold ?? 0) : 0
    const untold = waits + Math.max(0, more)
    others.set(chat.chatId, { unread: chat.unread, untold })
    if (untold === waits) return
    const what = untold === 1 ? 'new message' : counted(untold, 'new message')
    announcements.add({ key, text: `${calledOf(chat)}: ${what}`, isPrompt: false })
  }

  function tellOfFront(chat: Chat, known: Set<string>, entries: readonly Entry[]): void {
    const first = entries.findIndex(({ id }) => known.has(id))
    entries.forEach((entry, index) => {
      const isGrowing = entry.kind === 'message' && entry.streaming
      if (known.has(entry.id) || isGrowing) return
      known.add(entry.id)
      // What stands above everything known was loaded by the reader.
      const text = index < first ? null : announcedWords(entry, chat)
      if (text !== null) announcements.add({ key: `entry-${entry.id}`, text, isPrompt: true })
    })
  }

  watch(
    [() => inbox.isLoaded, () => [...inbox.chats.values()]] as const,
    ([isLoaded, chats], before) => {
      if (!isLoaded) return
      for (const chat of chats) tellOfOthers(chat, before[0] !== true)
      for (const chatId of others.keys()) if (!inbox.chats.has(chatId)) others.delete(chatId)
    },
    { immediate: true },
  )

  watch(
    () => {
      const { activeChatId } = workspace
      const timeline = activeChatId === null ? undefined : timelines.shown.get(activeChatId)
      if (activeChatId === null || timeline?.state !== 'ready') return null
      return { chatId: activeChatId, entries: timeline.entries }
    },
    (shown) => {
      const chat = shown === null ? undefined : inbox.chats.get(shown.chatId)
      if (shown === null || chat === undefined) front = null
      else if (front?.chatId !== chat.chatId) {
        front = { chatId: chat.chatId, known: new Set(shown.entries.map(({ id }) => id)) }
      } else tellOfFront(chat, front.known, shown.entries)
    },
    { immediate: true },
  )

  useOfferNews(announcements)
  watch(
    () => clock.now,
    (now) => {
      for (const chat of inbox.chats.values()) {
        const level = levelOf(chat, now)
        const before = levels.get(chat.chatId)
        levels.set(chat.chatId, level)
        if (before === level) continue
        const key = `level-${chat.chatId}`
        if (level === 'calm') announcements.withdraw(key)
        else if (before !== undefined) {
          announcements.add({ key, text: `${calledOf(chat)} is ${level}`, isPrompt: false })
        }
      }
    },
    { immediate: true },
  )

  // A locked screen is no place to read customers' words to.
  watch(
    () => inbox.window.isAway,
    (isAway) => announcements.pause(isAway),
    { immediate: true },
  )

  onScopeDispose(() => announcements.stop())
  return said
}

function useOfferNews(announcements: Announcements): void {
  const inbox = useInbox()
  const names = useNames()
  const offered = new Set<string>()

  watch(
    () => inbox.offers,
    (offers) => {
      const open = new Set(offers.map(({ offerId }) => offerId))
      for (const offerId of offered) {
        if (open.has(offerId)) continue
        offered.delete(offerId)
        announcements.withdraw(`offer-${offerId}`)
      }
      for (const offer of offers) {
        if (offered.has(offer.offerId)) continue
        offered.add(offer.offerId)
        announcements.add({
          key: `offer-${offer.offerId}`,
          text: offerWords(names.ofOffer(offer), offer.queue),
          isPrompt: true,
        })
      }
    },
    { immediate: true },
  )
}

/** Null for what the agent did, and for what only marks a place. */
function announcedWords(entry: Entry, chat: Chat): string | null {
  if (entry.kind === 'gap') return null
  if (entry.kind === 'event') return entry.sender?.own === true ? null : eventText(entry, chat)
  if (entry.sender.own) return null
  return `${senderName(entry.sender, chat)}: ${cutTo(plainWords(entry), longestSaid)}`
}

function offerWords(customer: string, queue: string | null): string {
  return queue === null ? `New offer: ${customer}` : `New offer: ${customer}, ${queue}`
}
