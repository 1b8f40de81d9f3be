import type { Handlers, Output, Parsed } from '#shared/contract.ts'
import type { ChatId } from '#shared/model.ts'
import type { Attachments } from '../inbox/attachments.ts'
import type { ContactIntake } from '../inbox/contact-intake.ts'
import type { DeskFeed } from '../inbox/desk-feed.ts'
import type { DeskState } from '../inbox/desk-state.ts'
import type { Inbox } from '../inbox/inbox.ts'
import type { InstanceEditor } from '../inbox/instance-editor.ts'
import type { TranscriptExporter } from '../export/transcript-exporter.ts'
import type { DeskWindow } from '../platform/desk-window.ts'
import type { WindowHandlers } from './router.ts'

export interface HandlerPorts {
  /** Conversations of the last time are back; before that a snapshot would show an empty desk. */
  readonly restored: Promise<unknown>
  readonly feed: DeskFeed
  readonly state: DeskState
  readonly inbox: Inbox
  readonly intake: ContactIntake
  readonly attachments: Attachments
  readonly exporter: TranscriptExporter
  readonly instances: InstanceEditor
  readonly window: DeskWindow
  readonly askMessageMenu: (menu: Parsed<'menu.message'>) => Promise<Output<'menu.message'>>
  readonly openLink: (link: Parsed<'link.open'>) => Promise<void>
  readonly pasteImage: (chatId: ChatId) => Promise<void>
  readonly signOut: () => Promise<void>
  /** False while what is kept is kept in memory. */
  readonly isOnDisk: () => boolean
  /** The page has handed over all that is typed. */
  readonly pageFlushed: () => void
  /** The page asks whether the window may close. */
  readonly pageAsks: () => void
  readonly leave: (to: 'tray' | 'quit') => void
  readonly changeSettings: (change: Parameters<Handlers['settings.change']>[0]) => void
}

/** One line per request: names a request and who does it. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const { inbox, intake, attachments, exporter, instances, window } = ports
  return {
    'desk.snapshot': () => takeSnapshot(ports),
    'desk.flushed': () => {
      ports.pageFlushed()
    },
    'desk.dismiss-notice': ({ noticeId }) => {
      ports.state.dismiss(noticeId)
    },
    'desk.sign-out': () => ports.signOut(),
    'practice.start': ({ story }) => intake.startPractice(story ?? null),
    'practice.end': () => intake.endPractice(),
    'contact.join': (form) => intake.joinByToken(form),
    'offer.accept': ({ offerId }) => intake.accept(offerId),
    'offer.decline': ({ offerId }) => intake.decline(offerId),
    'timeline.watch': ({ chatId }) => inbox.watch(chatId),
    'timeline.unwatch': ({ chatId }) => {
      inbox.unwatch(chatId)
    },
    'timeline.older': ({ chatId, ...at }) => inbox.older(chatId, at),
    'timeline.find': async ({ chatId, text }) => ({ entryIds: await inbox.session(chatId).find(text) }),
    'chat.send': ({ chatId, ...message }) => inbox.session(chatId).send(message),
    'chat.retry': ({ chatId, entryId }) => inbox.session(chatId).retry(entryId),
    'chat.discard': ({ chatId, entryId }) => inbox.session(chatId).discard(entryId),
    'chat.typing': ({ chatId }) => {
      inbox.session(chatId).typing()
    },
    'chat.seen': ({ chatId, entryId }) => {
      // Sent before the page knew that nobody can be looking.
      if (!ports.state.window.isAway) inbox.session(chatId).seen(entryId)
    },
    'chat.draft': async ({ chatId, text }) => {
      await inbox.session(chatId).saveDraft(text)
      return { isOnDisk: ports.isOnDisk() }
    },
    'chat.try-now': ({ chatId }) => {
      inbox.tryNow(chatId ?? null)
    },
    'chat.end': ({ chatId }) => inbox.session(chatId).end(),
    'contact.close': ({ chatId }) => intake.closeContact(chatId),
    'transcript.export': ({ chatId, format }) => exporter.export(inbox.session(chatId), format),
    'transcript.show': ({ exportId }) => {
      exporter.show(exportId)
    },
    'upload.send': ({ chatId, uploadIds }) => inbox.session(chatId).uploads.send(uploadIds),
    'upload.send-anyway': ({ chatId, uploadId }) => inbox.session(chatId).uploads.sendAnyway(uploadId),
    'upload.paste-image': ({ chatId }) => ports.pasteImage(chatId),
    'upload.cancel': ({ chatId, uploadId }) => inbox.session(chatId).uploads.cancel(uploadId),
    'upload.retry': ({ chatId, uploadId }) => inbox.session(chatId).uploads.retry(uploadId),
    'attachment.preview': ({ chatId, attachmentId }) =>
      attachments.preview(inbox.session(chatId), attachmentId),
    'attachment.save': ({ chatId, attachmentId }) => attachments.save(inbox.session(chatId), attachmentId),
    'attachment.save-all': ({ chatId }) => attachments.saveAll(inbox.session(chatId)),
    'attachment.kept': ({ chatId }) => ({ attachmentIds: attachments.kept(inbox.session(chatId)) }),
    'attachment.show': ({ attachmentId }) => {
      attachments.show(attachmentId)
    },
    'view.describe': ({ chatId, entryId }) => inbox.session(chatId).describeView(entryId),
    'menu.message': (menu) => ports.askMessageMenu(menu),
    'link.open': (link) => ports.openLink(link),
    'settings.change': (change) => {
      ports.changeSettings(change)
    },
    'instances.list': () => instances.list(),
    'instances.check': (edit) => instances.check(edit),
    'instances.save': (edit) => instances.save(edit),
    'instances.remove': async ({ instanceId }) => {
      await ports.restored
      return instances.remove(instanceId)
    },
    'instances.reach': (edit) => instances.reach(edit),
    'instances.pick-authority': () => instances.pickAuthority(),
    'window.asks': () => {
      ports.pageAsks()
    },
    'window.leave': ({ to }) => {
      ports.leave(to)
    },
    ...createWindowHandlers(window),
  }
}

export function createWindowHandlers(window: DeskWindow): WindowHandlers {
  return {
    'window.minimize': () => {
      window.minimize()
    },
    'window.maximize': () => {
      window.toggleMaximized()
    },
    'window.close': () => {
      window.close()
    },
  }
}

async function takeSnapshot({
  restored,
  feed,
  state,
  inbox,
}: HandlerPorts): Promise<Output<'desk.snapshot'>> {
  await restored
  feed.flush()
  return {
    revision: feed.revision,
    chats: inbox.chats(),
    uploads: inbox.uploads(),
    offers: state.offers,
    instances: state.instances,
    custody: state.custody,
    notices: state.notices,
    settings: state.settings,
    window: state.window,
    surroundings: state.surroundings,
  }
}
