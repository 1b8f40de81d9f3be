import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { app, clipboard, session } from 'electron'
import type { Failure } from '#shared/failure.ts'
import { ChatId, type Settings, type Surroundings, type WindowState } from '#shared/model.ts'
import { ChatWiring } from './compose-chats.ts'
import { openCustody } from './compose-custody.ts'
import { TranscriptExporter } from './export/transcript-exporter.ts'
import { Attachments } from './inbox/attachments.ts'
import { ContactIntake } from './inbox/contact-intake.ts'
import { DeskFeed } from './inbox/desk-feed.ts'
import { DeskState } from './inbox/desk-state.ts'
import { Inbox } from './inbox/inbox.ts'
import { pushTo } from './ipc/broadcast.ts'
import type { DoorPorts } from './ipc/doors.ts'
import { createHandlers } from './ipc/handlers.ts'
import { serveApp } from './platform/app-protocol.ts'
import { openAttention } from './platform/attention.ts'
import type { CommandLine } from './platform/command-line.ts'
import { DeskWindow } from './platform/desk-window.ts'
import { nativeDialogs } from './platform/dialogs.ts'
import { download } from './platform/download.ts'
import { openLink } from './platform/external-link.ts'
import { openLog } from './platform/log.ts'
import { createNetworkAgents } from './platform/network-agents.ts'
import { PictureShelf } from './platform/picture-shelf.ts'
import { watchPower } from './platform/power.ts'
import { SettingsFile } from './platform/settings-file.ts'
import { openStoreFile } from './platform/store-file.ts'
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
  readonly watchdog: WatchdogPorts
  readonly isClosed: boolean
  bounds(): WindowBounds
  saveBounds(bounds: WindowBounds): void
  windowChanged(state: WindowState): void
  /** Restores conversations and does what the command line asks for. */
  begin(): Promise<void>
  close(): Promise<void>
}

/** Wires the real parts together. Reads top to bottom as the architecture. */
export async function compose({ resources, commandLine }: Setup): Promise<Desk> {
  const profile = app.getPath('userData')
  const clock = systemClock
  const log = openLog(path.join(profile, 'logs'))
  const settings = new SettingsFile(openStoreFile(profile, 'settings'))
  const custody = await openCustody({ profile, log, now: () => clock.now() })
  const window = new DeskWindow()
  const dialogs = nativeDialogs(() => window.current)
  const pictures = new PictureShelf()

  const feed = new DeskFeed(clock, (patch) => {
    pushTo(window.current, 'desk.patch', patch)
  })
  const state = new DeskState(
    { surroundings: surroundings(commandLine), settings: settings.kept.settings, custody: custody.custody },
    (change) => {
      feed.publish(change)
    },
  )
  for (const notice of custody.notices) state.notify(notice)

  const agents = createNetworkAgents({
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    extraAuthorities: [],
  })
  const wiring = new ChatWiring({
    clock,
    log,
    store: custody.store,
    agents: () => agents,
    storageTrouble: (failure) => {
      tellStorageTrouble(state, failure)
    },
  })
  const attention = openAttention({ resources, window: () => window.current, quit: () => app.quit() })
  const inbox = new Inbox({
    feed,
    state,
    store: custody.store,
    vault: custody.vault,
    now: () => clock.now(),
    newChatId: () => ChatId.parse(randomUUID()),
    maxChats,
    startSession: (start) => wiring.startSession(start),
    checkToken: (instance, token) => wiring.checkToken(instance, token),
    rememberInstance: (instance) => {
      const others = settings.kept.instances.filter(({ instanceId }) => instanceId !== instance.instanceId)
      settings.change({ instances: [...others, { ...instance, isPractice: false }] })
    },
    chatsChanged: (chats) => {
      attention.show(chats)
    },
  })
  const intake = new ContactIntake({
    state,
    inbox,
    clearClipboard: (text) => {
      if (clipboard.readText() === text) clipboard.clear()
    },
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
  const attachments = new Attachments({
    dialogs,
    pictures,
    writeWhole,
    download: (url, maxBytes) => download({ url, maxBytes, agents }),
  })
  const changeSettings = (change: Partial<Settings>): void => {
    const next = { ...settings.kept.settings, ...change }
    settings.change({ settings: next })
    state.setSettings(next)
  }
  const handlers = createHandlers({
    feed,
    state,
    inbox,
    intake,
    attachments,
    exporter,
    window,
    openLink,
    pasteImage: () => Promise.resolve(),
    changeSettings,
  })
  await serveApp(path.join(import.meta.dirname, '../renderer'), pictures)
  const stopPower = watchPower(clock, inbox)

  let isClosed = false
  return {
    window,
    doors: { handlers, log, stageFile: (chatId, file) => inbox.session(chatId).uploads.stage(file) },
    watchdog: { clock, log, gaveUp: () => app.exit(1) },
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
      await inbox.restore(settings.kept.instances)
      if (commandLine.practice !== null) await intake.startPractice(commandLine.practice.story)
    },
    async close() {
      stopPower()
      await inbox.close()
      await intake.close()
      await custody.close()
      attention.close()
      isClosed = true
    },
  }
}

function surroundings({ endpoint, region }: CommandLine): Surroundings {
  const platforms: Readonly<Record<string, Surroundings['platform']>> = { darwin: 'mac', win32: 'windows' }
  return {
    platform: platforms[process.platform] ?? 'linux',
    version: app.getVersion(),
    defaultRegion: region === '' ? defaultRegion : region,
    defaultEndpoint: endpoint,
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

/** Loaded only when somebody practises. */
async function startPracticeService() {
  const { startSimulator } = await import('#simulator/simulator.ts')
  return startSimulator()
}
