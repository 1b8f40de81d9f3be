import { z } from 'zod'
import { Entry } from './entry.ts'
import { failureCodes } from './failure.ts'
import { Link, Time } from './link.ts'
import { largestTextSize, smallestTextSize } from './text-size.ts'

/** Ours, not the service's: a pasted token does not say which contact it belongs to. */
export const ChatId = z.string().min(1).max(64).brand<'ChatId'>()
export type ChatId = z.infer<typeof ChatId>

export const Preview = z.strictObject({
  who: z.enum(['you', 'customer', 'bot', 'system']),
  text: z.string(),
  isFile: z.boolean(),
})

export const Chat = z.strictObject({
  chatId: ChatId,
  /** Known from the offer, or learned from the first item the service names. */
  contactId: z.string().nullable(),
  /** The label that the agent gave, or the name as it was last told. */
  customer: z.string(),
  /** The customer's own name where the agent gave a label that differs. */
  knownAs: z.string().nullable(),
  /** 1 to 12, bound to the contact for its whole life. */
  hue: z.int().min(1).max(12),
  instanceId: z.string(),
  queue: z.string().nullable(),
  attributes: z.array(z.strictObject({ name: z.string(), value: z.string() })).readonly(),
  link: Link,
  /** Who has to speak next, and since when. */
  turn: z.strictObject({ waitingFor: z.enum(['agent', 'customer']), since: Time }),
  startedAt: Time,
  firstReplyAt: Time.nullable(),
  /** When the service will end an idle chat, when it said so. */
  idleEndsAt: Time.nullable(),
  unread: z.int().nonnegative(),
  preview: Preview.nullable(),
  /** Shown until this time, 12 s after the customer's last typing event. */
  typingUntil: Time.nullable(),
  draft: z.string(),
  outbox: z.strictObject({ waiting: z.int().nonnegative(), failed: z.int().nonnegative() }),
  /** Own files that are not through yet: added, on their way, and not sent. */
  filesOut: z.strictObject({
    staged: z.int().nonnegative(),
    moving: z.int().nonnegative(),
    failed: z.int().nonnegative(),
  }),
  /** The service's time up to which nothing is missing; null before the first proof. */
  completeUpTo: Time.nullable(),
  /** Characters allowed in one message. */
  maxCharacters: z.int().positive(),
  /** Files the service counts, and how many it allows. */
  filesUsed: z.int().nonnegative(),
  maxFiles: z.int().nonnegative(),
  /** Files of others that passed the scan: what there is to save. */
  filesReceived: z.int().nonnegative(),
  lastActivityAt: Time,
})
export type Chat = z.infer<typeof Chat>

export const Offer = z.strictObject({
  offerId: z.string(),
  customer: z.string(),
  instanceId: z.string(),
  queue: z.string().nullable(),
  queuedAt: Time,
  expiresAt: Time,
})
export type Offer = z.infer<typeof Offer>

/** One Connect instance, as the status bar names it. */
export const Instance = z.strictObject({
  instanceId: z.string(),
  label: z.string(),
  /** At most three letters, shown beside customer names. */
  tag: z.string(),
  region: z.string(),
  isPractice: z.boolean(),
})
export type Instance = z.infer<typeof Instance>

/** Where tokens and conversations are kept. Memory-only writes nothing secret or customer-written to disk. */
export const Custody = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('opening') }),
  z.strictObject({ mode: z.literal('sealed'), backend: z.string() }),
  z.strictObject({
    mode: z.literal('memory-only'),
    reason: z.enum([
      'missing',
      'locked',
      'changed',
      'foreign',
      'corrupted',
      'unavailable',
      'newer',
      'unwritable',
      'in-use',
    ]),
  }),
])
export type Custody = z.infer<typeof Custody>

export const Upload = z.strictObject({
  uploadId: z.string(),
  chatId: ChatId,
  name: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  /** A local picture the page may show, served by the app itself. */
  previewUrl: z.string().nullable(),
  /** What the agent is asked before it is sent: its content is not what its name says. */
  doubt: z.string().nullable(),
  state: z.discriminatedUnion('phase', [
    z.strictObject({ phase: z.enum(['staged', 'completing', 'scanning', 'delivered']) }),
    /** `trouble` is why it takes longer than a try or two. */
    z.strictObject({ phase: z.literal('waiting'), trouble: z.enum(failureCodes).optional() }),
    z.strictObject({ phase: z.literal('sending'), sentBytes: z.number() }),
    z.strictObject({
      phase: z.literal('failed'),
      code: z.enum(failureCodes),
      reason: z.string(),
      canRetry: z.boolean(),
    }),
  ]),
})
export type Upload = z.infer<typeof Upload>

/** Something the agent has to know beyond one chat; `alert` needs action, `status` does not. */
export const Notice = z.strictObject({
  noticeId: z.string(),
  level: z.enum(['alert', 'status']),
  title: z.string(),
  detail: z.string(),
})
export type Notice = z.infer<typeof Notice>

export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  sendWith: z.enum(['enter', 'ctrl-enter']),
  showCustomerPanel: z.boolean(),
  /** What closing the window does while something is open. */
  closing: z.enum(['ask', 'tray', 'quit']),
  /** In percent of the usual size. */
  textSize: z.int().min(smallestTextSize).max(largestTextSize),
})
export type Settings = z.infer<typeof Settings>

export const WindowState = z.strictObject({
  isMaximized: z.boolean(),
  isFocused: z.boolean(),
  /** Nobody can be looking: the screen is locked or dark, or the computer sleeps. */
  isAway: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

/** Tells the page how the window is framed and what a join dialog should begin with. */
export const Surroundings = z.strictObject({
  platform: z.enum(['linux', 'mac', 'windows']),
  version: z.string(),
  defaultRegion: z.string(),
  defaultEndpoint: z.string(),
  /** What makes this run unfit for real customers. */
  weaknesses: z.array(z.enum(['old-runtime', 'no-sandbox'])).readonly(),
  maxChats: z.int().positive(),
  /** An administrator has decided what closing the window does. */
  managedClosing: Settings.shape.closing.nullable(),
})
export type Surroundings = z.infer<typeof Surroundings>

export const Snapshot = z.strictObject({
  revision: z.int().nonnegative(),
  chats: z.array(Chat).readonly(),
  offers: z.array(Offer).readonly(),
  instances: z.array(Instance).readonly(),
  uploads: z.array(Upload).readonly(),
  custody: Custody,
  notices: z.array(Notice).readonly(),
  settings: Settings,
  window: WindowState,
  surroundings: Surroundings,
})
export type Snapshot = z.infer<typeof Snapshot>

/** Applying a change twice does no harm: each carries the whole of what it names. */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chat'), chat: Chat }),
  z.strictObject({ kind: z.literal('chat-removed'), chatId: ChatId }),
  z.strictObject({
    kind: z.literal('timeline'),
    chatId: ChatId,
    upserted: z.array(Entry).readonly(),
    removed: z.array(z.string()).readonly(),
    /** Whether older entries than those the page has were left out. */
    hasOlder: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('uploads'), chatId: ChatId, uploads: z.array(Upload).readonly() }),
  z.strictObject({ kind: z.literal('offers'), offers: z.array(Offer).readonly() }),
  z.strictObject({ kind: z.literal('instances'), instances: z.array(Instance).readonly() }),
  z.strictObject({ kind: z.literal('custody'), custody: Custody }),
  z.strictObject({ kind: z.literal('notices'), notices: z.array(Notice).readonly() }),
  z.strictObject({ kind: z.literal('settings'), settings: Settings }),
  z.strictObject({ kind: z.literal('window'), window: WindowState }),
])
export type Change = z.infer<typeof Change>

export const Patch = z.strictObject({ revision: z.int().positive(), changes: z.array(Change).readonly() })
export type Patch = z.infer<typeof Patch>

/** The end of a conversation as first shown, or an older page of it. Oldest first. */
export const TimelinePage = z.strictObject({ entries: z.array(Entry).readonly(), hasOlder: z.boolean() })
export type TimelinePage = z.infer<typeof TimelinePage>

/** As it is at this number: later patches change it, earlier ones are in it. */
export const WatchedPage = z.strictObject({
  ...TimelinePage.shape,
  revision: z.int().nonnegative(),
  /** The oldest message that nobody has had on screen; it is in the page. */
  firstUnreadId: z.string().nullable(),
})
export type WatchedPage = z.infer<typeof WatchedPage>
