import path from 'node:path'
import type { WindowState } from '#shared/model.ts'
import { openWork } from '#shared/open-work.ts'
import { leave, type Wish } from './closing.ts'
import { openConversations, type Conversations } from './compose-conversations.ts'
import {
  profileNotice,
  settingsNotice,
  tellProfileTaken,
  tellGraphicsFailed,
  tellWindowStopped,
} from './compose-notices.ts'
import { surroundings } from './compose-surroundings.ts'
import { DeskFeed } from './inbox/desk-feed.ts'
import { DeskState } from './inbox/desk-state.ts'
import { InstanceBook } from './inbox/instance-book.ts'
import { readPolicy } from './inbox/policy.ts'
import { pushTo } from './ipc/broadcast.ts'
import type { DoorPorts } from './ipc/doors.ts'
import { createWindowHandlers } from './ipc/handlers.ts'
import { LastWords } from './ipc/last-words.ts'
import { serveApp } from './platform/app-protocol.ts'
import type { CommandLine } from './platform/command-line.ts'
import { DeskWindow } from './platform/desk-window.ts'
import { watchGraphics } from './platform/graphics.ts'
import { electronHost, type Host } from './platform/host.ts'
import { Leftovers } from './platform/leftovers.ts'
import { openLog } from './platform/log.ts'
import { PictureShelf } from './platform/picture-shelf.ts'
import { findPolicy, policyPlaces } from './platform/policy-file.ts'
import { watchPresence } from './platform/presence.ts'
import { makePrivateFolder } from './platform/private-file.ts'
import type { OpenProfile } from './platform/profile-claim.ts'
import { ProfileMark } from './platform/profile-mark.ts'
import { SettingsFile } from './platform/settings-file.ts'
import { onlyRead, openStoreFile } from './platform/store-file.ts'
import { systemClock } from './platform/system-clock.ts'
import { UserGesture } from './platform/user-gesture.ts'
import type { WatchdogPorts } from './platform/watchdog.ts'
import type { WindowBounds } from './platform/window.ts'

export interface Setup {
  readonly resources: string
  readonly commandLine: CommandLine
  readonly profile: OpenProfile
}

/** The running desk, as `main.ts` holds it. Its window can open at once: keychain and database may take their time. */
export interface Desk {
  readonly window: DeskWindow
  readonly doors: Pick<DoorPorts, 'windowHandlers' | 'handlers' | 'clock' | 'log' | 'stageFile'>
  /** Watches every window: some requests need a person behind them. */
  readonly gesture: UserGesture
  readonly watchdog: WatchdogPorts
  readonly isClosed: boolean
  bounds(): WindowBounds
  saveBounds(bounds: WindowBounds): void
  /** In percent, as it was last. */
  textSize(): number
  windowChanged(state: Omit<WindowState, 'isAway'>): void
  /** A person wants the window gone, or Parley. */
  leave(wish: Wish): Promise<void>
  /** Resolves once the conversations are open and what the command line asks for is done. */
  begin(): Promise<void>
  close(): Promise<void>
}

/** Wires the real parts together. Reads top to bottom as the architecture. */
export async function compose({ resources, commandLine, profile }: Setup): Promise<Desk> {
  const clock = systemClock
  const host: Host = {
    ...electronHost(clock),
    profile: profile.use === 'in-use' ? profile.scratch : profile.folder,
  }
  makePrivateFolder(host.profile)
  // Nothing of ours writes here yet, and no other Parley has this profile.
  const leftovers = new Leftovers(host.profile, () => clock.now())
  leftovers.sweep()
  const log = openLog(path.join(host.profile, 'logs'))
  const settingsFile = openStoreFile(profile.folder, 'settings')
  const settings = new SettingsFile(profile.use === 'in-use' ? onlyRead(settingsFile) : settingsFile)
  const policy = readPolicy(findPolicy(policyPlaces(process.resourcesPath, process.platform)))
  const book = new InstanceBook(settings, policy.policy)
  const window = new DeskWindow()
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
  const presence = watchPresence(clock, (isAway) => {
    state.setWindow({ isAway })
  })
  const gesture = new UserGesture(clock, presence.proved)
  watchGraphics(host.profile, { clock, log, failed: tellGraphicsFailed.bind(null, state) })
  const lastWords = new LastWords(clock, () => pushTo(window.current, 'desk.flush', {}))
  const question = new LastWords(clock, () => pushTo(window.current, 'desk.ask-close', {}))
  const leaving = (wish: Wish): Promise<void> =>
    leave(wish, {
      choice: () => policy.policy.closing ?? state.settings.closing,
      isAnythingOpen: () => openWork(open?.chats() ?? []).length > 0,
      question,
      raise: () => {
        window.raise()
      },
      hide: () => {
        window.hide()
      },
      quit: host.quit,
    })
  const settingsTrouble = settingsNotice(settings)
  if (settingsTrouble !== null) state.notify(settingsTrouble)
  if (policy.notice !== null) state.notify(policy.notice)
  const profileTrouble = profileNotice(profile)
  if (profileTrouble !== null) state.notify(profileTrouble)
  const mark = new ProfileMark(profile.folder, clock, tellProfileTaken.bind(null, state))
  if (profile.use === 'own') mark.begin()
  await serveApp(path.join(import.meta.dirname, '../renderer'), pictures)

  let open: Conversations | null = null
  const foundation = {
    profile,
    leftovers,
    resources,
    commandLine,
    host,
    clock,
    log,
    settings,
    book,
    window,
    gesture,
    pictures,
    feed,
    state,
    startPracticeService,
    pageFlushed: () => {
      lastWords.done()
    },
    wantsToQuit: () => void leaving('quit'),
    pageAsks: () => {
      question.done()
      // A page that is slow to ask finds the window gone.
      window.raise()
    },
  }
  const opening = openConversations(foundation).then((opened) => (open = opened))
  const handlers = opening.then((opened) => opened.handlers)
  // Whoever waits for it is told; `begin` always does.
  handlers.catch(() => undefined)
  let isClosed = false
  return {
    window,
    gesture,
    doors: {
      windowHandlers: createWindowHandlers(window),
      handlers,
      clock,
      log,
      stageFile: async (chatId, file) => (await opening).stageFile(chatId, file),
    },
    watchdog: { clock, log, stopped: tellWindowStopped.bind(null, state) },
    get isClosed() {
      return isClosed
    },
    bounds: () => settings.kept.bounds,
    textSize: () => settings.kept.settings.textSize,
    saveBounds: (bounds) => {
      settings.change({ bounds })
    },
    windowChanged: (next) => {
      state.setWindow(next)
    },
    leave: leaving,
    async begin() {
      await (await opening).begin()
    },
    async close() {
      await lastWords.ask()
      // One that is left while it is still opening has nothing to put away.
      await open?.close()
      if (profile.use === 'own') mark.end()
      isClosed = true
    },
  }
}

/** Loaded only when somebody practises. */
async function startPracticeService() {
  const { startSimulator } = await import('#simulator/simulator.ts')
  return startSimulator()
}
