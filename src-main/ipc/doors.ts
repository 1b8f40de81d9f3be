import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { requestChannel, stageFileChannel } from '#shared/bridge.ts'
import { StagedFile } from '#shared/contract.ts'
import { ChatId } from '#shared/model.ts'
import { z } from 'zod'
import type { Clock } from '../chat/clock.ts'
import type { Log } from '../platform/log.ts'
import { CallBudget } from './call-budget.ts'
import { CountedLog } from './counted-log.ts'
import { FairTurns, nodeLoop } from './fair-turns.ts'
import { answer, refuse, settle, tooMuch, type RouterPorts } from './router.ts'

export interface DoorPorts extends Pick<RouterPorts, 'windowHandlers' | 'handlers'> {
  readonly clock: Clock
  readonly log: Log
  readonly window: () => BrowserWindow | null
  readonly origins: readonly string[]
  readonly stageFile: (chatId: ChatId, path: string) => Promise<StagedFile>
}

const StageInput = z.tuple([ChatId, z.string().min(1).max(4096)])

/** Opens the two channels a page can reach. Anyone but the main frame of our own window is refused. */
export function openDoors({ log, ...doors }: DoorPorts): void {
  const ports = {
    ...doors,
    budget: new CallBudget(() => nodeLoop.now()),
    turns: new FairTurns(nodeLoop),
    log: new CountedLog(log, doors.clock),
  }
  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown) => {
    if (!isTrusted(ports, event)) return refuse('untrusted-sender', 'This page is not part of Parley.')
    return answer(ports, name, input)
  })
  ipcMain.handle(stageFileChannel, async (event, chatId: unknown, path: unknown) => {
    if (!isTrusted(ports, event)) return refuse('untrusted-sender', 'This page is not part of Parley.')
    if (!ports.budget.take(stageFileChannel)) return tooMuch(ports)
    const parsed = StageInput.safeParse([chatId, path])
    if (!parsed.success)
      return refuse('file-unreadable', 'This file has no place on this computer. Save it first.')
    return settle(ports, 'stage-file', async () => StagedFile.parse(await ports.stageFile(...parsed.data)))
  })
}

/** `senderFrame` is null once a page has navigated or gone; that is a refusal, not a crash. */
function isTrusted(ports: Pick<DoorPorts, 'window' | 'origins'>, event: IpcMainInvokeEvent): boolean {
  const page = ports.window()?.webContents
  const frame = event.senderFrame
  if (!page || frame === null || event.sender !== page) return false
  return frame === page.mainFrame && ports.origins.includes(originOf(frame.url))
}

function originOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? '' : `${parsed.protocol}//${parsed.host}`
}
