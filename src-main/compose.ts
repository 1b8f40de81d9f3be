import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Failure } from '#shared/failure.ts'
import { ChatId, type Notice, Settings, type Surroundings, type WindowState } from '#shared/model.ts'
import { ChatWiring } from './compose-chats.ts'
import { openKeeping } from './compose-custody.ts'
import { openFiles } from './compose-files.ts'
import { TranscriptExporter } from './export/transcript-exporter.ts'
import { ContactIntake } from './inbox/contact-intake.ts'
import { DeskFeed } from './inbox/desk-feed.ts'
import { DeskState } from './inbox/desk-state.ts'
import { Inbox } from './inbox/inbox.ts'
import { InstanceBook } from './inbox/instance-book.ts'
import { type Policy, readPolicy } from './inbox/policy.ts'
import { pushTo } from './ipc/broadcast.ts'
import type { DoorPorts } from './ipc/doors.ts'
import { createHandlers, type HandlerPorts } from './ipc/handlers.ts'
import { serveApp } from './platform/app-protocol.ts'
import { openAttention } from './platform/attention.ts'
import type { CommandLine } from './platform/command-line.ts'
import { DeskWindow } from './platform/desk-window.ts'
import { nativeDialogs } from './platform/dialogs.ts'
import { openLink } from './platform/external-link.ts'
import { electronHost, type Host } from './platform/host.ts'
import { createLocalFiles } from './platform/local-files.ts'
import { openLog } from './platform/log.ts'
import { PastedFiles } from './platform/pasted-files.ts'
import { PictureShelf } from './platform/picture-shelf.ts'
import { findPolicy, policyPlaces } from './platform/policy-file.ts'
import { watchPower } from './platform/power.ts'
import { SettingsFile } from './platform/settings-file.ts'
import { sessionProxies } from './platform/session-proxy.ts'
import { openStoreFile } from './platform/store-file.ts'
import { clearClipboardOf, readClipboardPicture } from './platform/system-clipboard.ts'
import { systemClock } from './platform/system-clock.ts'
import type { WatchdogPorts } from './platform/watchdog.ts'
import { writeWhole } from './platform/whole-file.ts'
import type { WindowBounds } from './platform/window.ts'

const maxChats = 10
const defaultRegion = 'us-east-1'

export interface Setup {
  readonly resources: string
  readonly commandLine: CommandLine
}

/** The running desk, as `main.ts` holds it. */
export interface Desk {
  readonly window: DeskWindow
  readonly doors: Pick<DoorPorts, 'handlers' | 'log' | 'stageFile'>
  readonly watchdog: Omit<WatchdogPorts, 'gaveUp'>
  readonly isClosed: boolean
  bounds(): WindowBounds
  saveBounds(bounds: WindowBounds): void
  windowChanged(state: WindowState): void
  /** Does what the command line asks for. */
  begin(): Promise<void>
  close(): Promise<void>
}

/** Wires the real parts together. Reads top to bottom as the architecture. */
export async function compose({ resources, commandLine }: Setup): Promise<Desk> {
  const host = electronHost()
  const { profile } = host
  const clock = systemClock
  const log = openLog(path.join(profile, 'logs'))
  const settings = new SettingsFile(openStoreFile(profile, 'settings'))
  const policy = readPolicy(findPolicy(policyPlaces(process.resourcesPath, process.platform)))
  const book = new InstanceBook(settings, policy.policy)
  const window = new DeskWindow()
  const dialogs = nativeDialogs(() => window.current)
  const pictures = new PictureShelf()

  const feed = new DeskFeed(clock, (patch) => {
    pushTo(window.current, 'desk.patch', patch)
  })
  const state = new DeskState(
    {
      surroundings: surroundings(host, commandLine, policy.policy),
      settings: settings.kept.settings,
      custody: { mode: 'opening' },
    },
    (change) => {
      feed.publish(change)
    },
  )
  const tell = (notice: Notice): void => {
    state.notify(notice)
  }
  if (settings.wasBroken) tell(settingsNotice)
  if (policy.notice !== null) tell(policy.notice)
  const keeping = await openKeeping({ profile, keychain: host.keychain, clock, log, tell })
  state.setCustody(keeping.custody)
  keeping.notices.forEach(tell)

  const show = pictures.put.bind(pictures)
  const files = new PastedFiles(createLocalFiles(show), show, () => clock.now())
  const wiring = new ChatWiring({
    files,
    clock,
    random: Math.random,
    log,
    store: keeping.store,
    proxies: sessionProxies,
    clientOf: (instance) => book.clientOf(instance),
    storageTrouble: (failure) => {
      tellStorageTrouble(state, failure)
    },
  })
  const attention = openAttention({ resources, window: () => window.current, quit: host.quit })
  const conversationFiles = await openFiles({
    profile,
    maySeal: keeping.custody.mode === 'sealed',
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
    maxChats,
    startSession: (start) => conversationFiles.startSession(start),
    checkToken: (instance, token) => wiring.checkToken(instance, token),
    rememberInstance: (instance) => {
      book.remember(instance)
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
    practice: { clock, fetch, startService: startPracticeService },
  })
  const exporter = new TranscriptExporter({
    chooseFile: (request) => dialogs.chooseFile(request),
    showInFolder: (file) => {
      dialogs.showInFolder(file)
    },
    writeWhole,
    instanceLabel: (instanceId) => inbox.instance(instanceId).label,
    now: () => clock.now(),
    newExportId: randomUUID,
  })
  const changeSettings = (change: Parameters<HandlerPorts['changeSettings']>[0]): void => {
    const next = Settings.parse({ ...settings.kept.settings, ...change })
    settings.change({ settings: next })
    state.setSettings(next)
  }
  const restored = inbox.restore(settings.kept.instances)
  const handlers = createHandlers({
    restored,
    feed,
    state,
    inbox,
    intake,
    attachments: conversationFiles.attachments,
    exporter,
    window,
    openLink,
    pasteImage: async (chatId) => {
      await inbox.session(chatId).uploads.stage(files.keep(await readClipboardPicture()))
    },
    changeSettings,
  })
  await serveApp(path.join(import.meta.dirname, '../renderer'), pictures)
  const stopPower = watchPower(clock, inbox)

  let isClosed = false
  return {
    window,
    doors: { handlers, log, stageFile: (chatId, file) => inbox.session(chatId).uploads.stage(file) },
    watchdog: { clock, log },
    get isClosed() {
      return isClosed
    },
    bounds: () => settings.kept.bounds,
    saveBounds: (bounds) => {
      settings.change({ bounds })
    },
    windowChanged: (next) => {
      state.setWindow(next)
    },
    async begin() {
      await restored
      if (commandLine.practice !== null) await intake.startPractice(commandLine.practice.story)
    },
    async close() {
      stopPower()
      await inbox.close()
      await intake.close()
      await conversationFiles.close()
      await keeping.store.close()
      attention.close()
      isClosed = true
    },
  }
}

function surroundings(host: Host, { endpoint, region }: CommandLine, { defaults }: Policy): Surroundings {
  const platforms: Readonly<Record<string, Surroundings['platform']>> = { darwin: 'mac', win32: 'windows' }
  return {
    platform: platforms[process.platform] ?? 'linux',
    version: host.version,
    defaultRegion: region === '' ? (defaults.region ?? defaultRegion) : region,
    defaultEndpoint: endpoint === '' ? (defaults.endpoint ?? '') : endpoint,
    maxChats,
  }
}

function tellStorageTrouble(state: DeskState, failure: Failure | null): void {
  const noticeId = 'storage'
  if (failure === null) state.dismiss(noticeId)
  else
    state.notify({
      noticeId,
      level: 'alert',
      title: 'Conversations are not being saved.',
      detail: failure.message,
    })
}

const settingsNotice: Notice = {
  noticeId: 'settings',
  level: 'status',
  title: 'The settings could not be read.',
  detail: 'They are set aside and Parley goes on with the usual ones.',
}

/** Loaded only when somebody practises. */
async function startPracticeService() {
  const { startSimulator } = await import('#simulator/simulator.ts')
  return startSimulator()
}
