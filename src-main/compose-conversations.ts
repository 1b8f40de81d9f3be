import { randomUUID } from 'node:crypto'
import type { Handlers, StagedFile } from '#shared/contract.ts'
import { type Chat, ChatId, type Notice, Settings } from '#shared/model.ts'
import type { Clock } from './chat/clock.ts'
import { goTo } from './closing.ts'
import { ChatWiring } from './compose-chats.ts'
import { openKeeping } from './compose-custody.ts'
import { openFiles } from './compose-files.ts'
import { tellSettingsKept, tellStorageTrouble, tellVaultTrouble } from './compose-notices.ts'
import { reach } from './compose-reach.ts'
import { TranscriptExporter } from './export/transcript-exporter.ts'
import { ContactIntake } from './inbox/contact-intake.ts'
import type { DeskFeed } from './inbox/desk-feed.ts'
import type { DeskState } from './inbox/desk-state.ts'
import { Inbox } from './inbox/inbox.ts'
import type { InstanceBook } from './inbox/instance-book.ts'
import { InstanceEditor } from './inbox/instance-editor.ts'
import type { PracticePorts } from './inbox/practice-shift.ts'
import { finishSignOut, signOutForGood } from './inbox/sign-out.ts'
import { createHandlers, type HandlerPorts } from './ipc/handlers.ts'
import { AuthorityShelf, certificateFile } from './platform/authority-shelf.ts'
import { openAttention } from './platform/attention.ts'
import type { CommandLine } from './platform/command-line.ts'
import { askMessageMenu } from './platform/context-menu.ts'
import { describeBug } from './platform/describe-bug.ts'
import type { DeskWindow } from './platform/desk-window.ts'
import { nativeDialogs } from './platform/dialogs.ts'
import { openLink } from './platform/external-link.ts'
import type { Host } from './platform/host.ts'
import { createLocalFiles } from './platform/local-files.ts'
import type { Log } from './platform/log.ts'
import { PastedFiles } from './platform/pasted-files.ts'
import type { OpenProfile } from './platform/profile-claim.ts'
import type { PictureShelf } from './platform/picture-shelf.ts'
import { watchPower } from './platform/power.ts'
import type { SettingsFile } from './platform/settings-file.ts'
import { sessionProxies } from './platform/session-proxy.ts'
import { readSystemAuthorities } from './platform/system-authorities.ts'
import { clearClipboardOf, readClipboardPicture } from './platform/system-clipboard.ts'
import type { UserGesture } from './platform/user-gesture.ts'
import type { Leftovers } from './platform/leftovers.ts'

/** What the window stands on before any conversation is open. */
export interface Foundation {
  readonly profile: OpenProfile
  readonly resources: string
  readonly leftovers: Leftovers
  readonly commandLine: CommandLine
  readonly host: Host
  readonly clock: Clock
  readonly log: Log
  readonly settings: SettingsFile
  readonly book: InstanceBook
  readonly window: DeskWindow
  readonly gesture: UserGesture
  readonly pictures: PictureShelf
  readonly feed: DeskFeed
  readonly state: DeskState
  readonly startPracticeService: PracticePorts['startService']
  readonly pageFlushed: () => void
  readonly pageAsks: () => void
  /** Somebody chose "Quit" in a menu. */
  readonly wantsToQuit: () => void
}

export interface Conversations {
  chats(): readonly Chat[]
  readonly handlers: Handlers
  stageFile(chatId: ChatId, path: string): Promise<StagedFile>
  /** Does what the command line asks for. */
  begin(): Promise<void>
  close(): Promise<void>
}

const reaching = { proxies: sessionProxies, systemAuthorities: readSystemAuthorities }

/** Opens what is kept, wires every chat to it. Takes as long as the keychain does. */
export async function openConversations(foundation: Foundation): Promise<Conversations> {
  const { host, clock, log, settings, book, window, pictures, feed, state } = foundation
  const { use } = foundation.profile
  const dialogs = nativeDialogs(() => window.current)
  const tell = (notice: Notice): void => {
    state.notify(notice)
  }
  const keeping = await openKeeping({
    profile: host.profile,
    use,
    keychain: host.keychain,
    clock,
    log,
    tell,
    storeLost: () => {
      inbox.keepAgain()
    },
    // Of a profile that takes nothing the agent has been told.
    vaultTrouble: use === 'own' ? tellVaultTrouble.bind(null, state) : () => undefined,
  })
  state.setCustody(keeping.custody)
  keeping.notices.forEach(tell)

  const show = pictures.put.bind(pictures)
  const files = new PastedFiles(createLocalFiles(show, host.profile), show, () => clock.now())
  const wiring = new ChatWiring({
    files,
    clock,
    random: Math.random,
    log,
    store: keeping.store,
    ...reaching,
    clientOf: (instance) => book.clientOf(instance),
    storageTrouble: tellStorageTrouble.bind(null, state),
  })
  const attention = openAttention({
    resources: foundation.resources,
    clock,
    window: () => window.current,
    quit: foundation.wantsToQuit,
  })
  const conversationFiles = await openFiles({
    profile: host.profile,
    writeWhole: foundation.leftovers.write,
    maySeal: keeping.custody.mode === 'sealed' && use === 'own',
    clock,
    dialogs,
    pictures,
    wiring,
    inbox: () => inbox,
  })
  const inbox: Inbox = new Inbox({
    feed,
    state,
    store: keeping.store,
    vault: keeping.vault,
    now: () => clock.now(),
    newChatId: () => ChatId.parse(randomUUID()),
    maxChats: state.surroundings.maxChats,
    startSession: (start) => conversationFiles.startSession(start),
    checkToken: (instance, token) => wiring.checkToken(instance, token),
    rememberInstance: (instance) => {
      tellSettingsKept(state, book.remember(instance))
    },
    notRestored: (chatId, error) => {
      log.error('not-restored', { chat: chatId, ...describeBug(error) })
    },
    chatsChanged: (chats) => {
      attention.show(chats)
      void conversationFiles.copies.keepOnly(chats.map(({ chatId }) => chatId))
    },
  })
  const intake = new ContactIntake({
    state,
    inbox,
    clearClipboard: clearClipboardOf,
    instanceAt: (region, endpoint) => book.at(region, endpoint),
    practice: { clock, fetch, startService: foundation.startPracticeService },
  })
  const exporter = new TranscriptExporter({
    chooseFile: (request) => dialogs.chooseFile(request),
    showInFolder: (file) => {
      dialogs.showInFolder(file)
    },
    writeWhole: foundation.leftovers.write,
    instanceLabel: (instanceId) => inbox.instance(instanceId).label,
    now: () => clock.now(),
    newExportId: randomUUID,
  })
  const { defaultRegion: region, defaultEndpoint: endpoint } = state.surroundings
  const instances = new InstanceEditor({
    book,
    shelf: new AuthorityShelf(),
    start: { region, endpoint },
    chatsOf: (instanceId) => inbox.chats().filter((chat) => chat.instanceId === instanceId).length,
    changed: (instance) => {
      wiring.instanceChanged(instance)
      inbox.instanceChanged(instance)
    },
    reach: (instance, client) =>
      reach(instance, client, { clock, ...reaching, socketOrigin: (of) => wiring.socketOrigin(of) }),
    chooseAuthority: () => dialogs.chooseOpenFile(certificateFile),
  })
  const changeSettings = (change: Parameters<HandlerPorts['changeSettings']>[0]): void => {
    const next = Settings.parse({ ...settings.kept.settings, ...change })
    tellSettingsKept(state, settings.change({ settings: next }))
    state.setSettings(next)
    window.setTextSize(next.textSize)
  }
  const leaving = { ...keeping, clock, inbox, endPractice: () => intake.endPractice() }
  const restored = inbox
    .restore({ instances: book.all, lost: keeping.lost })
    .then(() => finishSignOut(keeping.vault, leaving, tell))
  const handlers = createHandlers({
    restored,
    feed,
    state,
    inbox,
    intake,
    attachments: conversationFiles.attachments,
    exporter,
    instances,
    window,
    openLink: (link) => openLink(foundation.gesture, link),
    askMessageMenu: (menu) => askMessageMenu(window.current, menu),
    pasteImage: async (chatId) => {
      await inbox.session(chatId).uploads.stage(files.keep(await readClipboardPicture()))
    },
    signOut: async () => {
      await restored
      foundation.leftovers.sweep()
      await signOutForGood(keeping.vault, leaving)
    },
    changeSettings,
    isOnDisk: keeping.isOnDisk,
    pageFlushed: foundation.pageFlushed,
    pageAsks: foundation.pageAsks,
    leave: goTo.bind(null, window, host.quit),
  })
  const stopPower = watchPower(clock, inbox)
  return {
    handlers,
    chats: () => inbox.chats(),
    stageFile: (chatId, file) => inbox.session(chatId).uploads.stage(file),
    async begin() {
      const { practice } = foundation.commandLine
      await restored
      if (practice !== null) await intake.startPractice(practice.story)
    },
    async close() {
      stopPower()
      await inbox.close()
      await intake.close()
      await conversationFiles.close()
      keeping.vault.close()
      await keeping.store.close()
      attention.close()
    },
  }
}
