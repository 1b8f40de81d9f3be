import { z } from 'zod'
import {
  InstanceEdit,
  InstanceList,
  Issue,
  PickOutcome,
  ReachOutcome,
  SaveOutcome,
} from './instance-settings.ts'
import { mostDraftCharacters } from './draft.ts'
import { MessageMenu, messageChoices } from './menu.ts'
import { ChatId, Patch, Settings, Snapshot, TimelinePage, WatchedPage } from './model.ts'

interface RequestSpec {
  readonly input: z.ZodType
  readonly output: z.ZodType
}

const done = z.void()
const nothing = z.void()
const OneChat = z.strictObject({ chatId: ChatId })
const OneEntry = z.strictObject({ chatId: ChatId, entryId: z.string().max(64) })
const OneUpload = z.strictObject({ chatId: ChatId, uploadId: z.string().max(64) })
const OneAttachment = z.strictObject({ chatId: ChatId, attachmentId: z.string().min(1).max(256) })

export const exportFormats = ['text', 'json'] as const

/** Every call the page can make. Parsed both ways: in, because the page is not trusted; out, as a leak guard. */
export const requests = {
  'desk.snapshot': { input: nothing, output: Snapshot },
  /** The answer to `desk.flush`: everything typed has been handed over. */
  'desk.flushed': { input: nothing, output: done },
  'desk.dismiss-notice': { input: z.strictObject({ noticeId: z.string().max(64) }), output: done },
  /** Leaves all chats and removes them from this computer, tokens first. Settings stay. */
  'desk.sign-out': { input: nothing, output: done },
  'practice.start': { input: z.strictObject({ story: z.string().max(64).optional() }), output: done },
  'practice.end': { input: nothing, output: done },
  'contact.join': {
    input: z.strictObject({
      token: z.string().max(4096),
      label: z.string().max(120),
      region: z.string().max(64),
      endpoint: z.string().max(2048),
      clearClipboard: z.boolean(),
    }),
    output: OneChat,
  },
  'offer.accept': { input: z.strictObject({ offerId: z.string().max(256) }), output: OneChat },
  'offer.decline': { input: z.strictObject({ offerId: z.string().max(256) }), output: done },
  'timeline.watch': { input: OneChat, output: WatchedPage },
  'timeline.unwatch': { input: OneChat, output: done },
  'timeline.older': {
    input: z.strictObject({
      chatId: ChatId,
      beforeId: z.string().max(64),
      untilId: z.string().max(64).optional(),
    }),
    output: TimelinePage,
  },
  'timeline.find': {
    input: z.strictObject({ chatId: ChatId, text: z.string().min(1).max(200) }),
    output: z.strictObject({ entryIds: z.array(z.string()).readonly() }),
  },
  'chat.send': {
    input: z.strictObject({
      chatId: ChatId,
      text: z.string().min(1).max(16_384),
      contentType: z.enum(['text/plain', 'text/markdown']),
      /** What stays in the composer; kept in the same step, so that no crash leaves the text in both places or none. */
      draft: z.string().max(mostDraftCharacters).optional(),
    }),
    output: z.strictObject({ entryId: z.string() }),
  },
  'chat.retry': { input: OneEntry, output: done },
  'chat.discard': { input: OneEntry, output: done },
  'chat.typing': { input: OneChat, output: done },
  /** Everything up to this entry was on screen in a focused window. */
  'chat.seen': { input: OneEntry, output: done },
  /** Answered once it is on the disk, synced; or in memory, where nothing is written to the disk. */
  'chat.draft': {
    input: z.strictObject({ chatId: ChatId, text: z.string().max(mostDraftCharacters) }),
    output: z.strictObject({ isOnDisk: z.boolean() }),
  },
  /** Leave the waiting state now; without a chat, all of them. */
  'chat.try-now': { input: z.strictObject({ chatId: ChatId.optional() }), output: done },
  'chat.end': { input: OneChat, output: done },
  /** Takes an ended contact off the list. */
  'contact.close': { input: OneChat, output: done },
  'transcript.export': {
    input: z.strictObject({ chatId: ChatId, format: z.enum(exportFormats) }),
    output: z.discriminatedUnion('outcome', [
      z.strictObject({
        outcome: z.literal('saved'),
        exportId: z.string(),
        fileName: z.string(),
        bytes: z.number(),
        sha256: z.string(),
        entries: z.number(),
      }),
      z.strictObject({ outcome: z.literal('cancelled') }),
    ]),
  },
  'transcript.show': { input: z.strictObject({ exportId: z.string().max(64) }), output: done },
  'upload.send': {
    input: z.strictObject({ chatId: ChatId, uploadIds: z.array(z.string().max(64)).max(64) }),
    output: done,
  },
  /** Of a file with a doubt, which `upload.send` leaves staged. */
  'upload.send-anyway': { input: OneUpload, output: done },
  /** Stages the picture on the system clipboard; its bytes never cross the bridge. */
  'upload.paste-image': { input: OneChat, output: done },
  'upload.cancel': { input: OneUpload, output: done },
  'upload.retry': { input: OneUpload, output: done },
  /** What moves is shown standing still, until the agent asks for `movingUrl`. */
  'attachment.preview': {
    input: OneAttachment,
    output: z.strictObject({ url: z.string(), movingUrl: z.string().nullable() }),
  },
  'attachment.save': { input: OneAttachment, output: z.enum(['saved', 'cancelled']) },
  'attachment.save-all': {
    input: OneChat,
    output: z.strictObject({
      /** The attachments that were saved. */
      saved: z.array(z.string()).readonly(),
      failed: z.array(z.strictObject({ name: z.string(), reason: z.string() })).readonly(),
    }),
  },
  /** What is at hand without the service, which hands out nothing once the chat is over. */
  'attachment.kept': {
    input: OneChat,
    output: z.strictObject({ attachmentIds: z.array(z.string()).readonly() }),
  },
  'attachment.show': { input: OneAttachment, output: done },
  'view.describe': {
    input: OneEntry,
    output: z.strictObject({ name: z.string(), lines: z.array(z.string()).readonly() }),
  },
  /** Shows the menu of a message where it was asked for; answers what is left to do. */
  'menu.message': { input: MessageMenu, output: z.enum(messageChoices).nullable() },
  /** `isConfirmed`: the agent was shown the words of the link, where it leads, and what speaks against it. */
  'link.open': {
    input: z.strictObject({
      url: z.string().max(2048),
      text: z.string().max(16_384).default(''),
      isConfirmed: z.boolean().default(false),
    }),
    output: done,
  },
  'settings.change': { input: Settings.partial(), output: done },
  'instances.list': { input: nothing, output: InstanceList },
  /** What is wrong with what is typed; nothing is kept of it. */
  'instances.check': {
    input: InstanceEdit,
    output: z.strictObject({ issues: z.array(Issue).readonly() }),
  },
  'instances.save': { input: InstanceEdit, output: SaveOutcome },
  'instances.remove': { input: z.strictObject({ instanceId: z.string().max(4096) }), output: InstanceList },
  /** Asks the service once, with what is typed. */
  'instances.reach': { input: InstanceEdit, output: ReachOutcome },
  /** A native dialog asks for the file: the page never names one. */
  'instances.pick-authority': { input: nothing, output: PickOutcome },
  'window.minimize': { input: nothing, output: done },
  'window.maximize': { input: nothing, output: done },
  'window.close': { input: nothing, output: done },
  /** The page shows the question of `desk.ask-close`. */
  'window.asks': { input: nothing, output: done },
  /** The answer to that question. */
  'window.leave': { input: z.strictObject({ to: z.enum(['tray', 'quit']) }), output: done },
} as const satisfies Record<string, RequestSpec>

export const pushes = {
  'desk.patch': Patch,
  /** Parley is about to quit. */
  'desk.flush': z.strictObject({}),
  /** The window is to be closed while something is open. */
  'desk.ask-close': z.strictObject({}),
} as const satisfies Record<string, z.ZodType>

export type RequestName = keyof typeof requests
export type Input<N extends RequestName> = z.input<(typeof requests)[N]['input']>
export type Parsed<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type Output<N extends RequestName> = z.output<(typeof requests)[N]['output']>
export type Handlers = { readonly [N in RequestName]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> }
export type PushName = keyof typeof pushes
export type Push<N extends PushName> = z.output<(typeof pushes)[N]>

/** What `stageFile` answers: the upload shows up in the next patch, refused files as failed chips with the reason. */
export const StagedFile = z.strictObject({ uploadId: z.string() })
export type StagedFile = z.infer<typeof StagedFile>
