import { rm } from 'node:fs/promises'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import type { OperationName } from '#simulator/service/operations.ts'
import type { Simulator } from '#simulator/simulator.ts'
import type { SwitchChange } from '#simulator/switches.ts'

/** What a plan can do about one file on its way. */
export interface FileScene {
  readonly simulator: Simulator
  readonly contact: ContactHandle
  /** Where the file lies. */
  readonly path: string
  /** Resolves when the service has seen so many of these requests; one when nothing is said. */
  reached(operation: OperationName, times?: number): Promise<void>
  until(claim: () => boolean): Promise<void>
  /** The app dies, and starts again from its journal after the trouble is over. */
  crash(): Promise<void>
  /** The agent tries a failed file again after the trouble is over. */
  retry(): Promise<void>
  /** The agent answers the question about the file with yes. */
  sendAnyway(): Promise<void>
  cancel(): Promise<void>
}

export interface FilePlan {
  readonly name: string
  readonly file: { readonly name: string; readonly bytes: () => Uint8Array }
  readonly switches?: SwitchChange
  /** Before the file is chosen. */
  readonly arrange?: (scene: FileScene) => void
  /** After it was sent. */
  readonly meanwhile?: (scene: FileScene) => Promise<void>
  /** What must become of the chip. */
  readonly end: 'delivered' | 'failed' | 'gone'
}

const megabyte = 1024 * 1024
const note = { name: 'note.txt', bytes: () => Buffer.alloc(300_000, 'paper ') }
const pdf = (size: number) => ({
  name: 'manual.pdf',
  bytes: () => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(size - 9, 'x')]),
})

const hindered =
  (...faults: readonly FaultSpec[]) =>
  ({ simulator }: FileScene): void => {
    for (const fault of faults) simulator.faults.add(fault)
  }

const hanging = (operation: OperationName) => hindered({ kind: 'hang', operation, count: 1 })

/** Every address is too old when it is used, until the first upload was refused for it. */
async function renewAfterRefusal(scene: FileScene): Promise<void> {
  await scene.reached('PutObject')
  scene.simulator.set({ uploadUrlMs: 60_000 })
}

/** The scan lasts until somebody ends it by hand. */
const endlessScan = { scanMs: 1_000_000 }

async function completedTwice(scene: FileScene): Promise<void> {
  await scene.reached('CompleteAttachmentUpload', 2)
  for (const { id } of scene.contact.truth().attachments) scene.contact.judge(id, 'APPROVED')
}

/** The service is not done with the first completion when the second one comes. */
function answerConflict(scene: FileScene): void {
  const { faults } = scene.simulator
  const operation = 'CompleteAttachmentUpload'
  const stop = faults.onEnd(({ kind }) => {
    if (kind !== 'lose-response') return
    stop()
    faults.add({ kind: 'http-error', status: 409, operation, count: 1 })
  })
  faults.add({ kind: 'lose-response', operation })
}

const atStorage: readonly FilePlan[] = [
  { name: 'nothing', file: note, end: 'delivered' },
  {
    name: 'nothing, its name in the headers beyond Latin-1',
    file: { ...note, name: '請求書.txt' },
    switches: { attachmentNameInHeader: 'as-given' },
    end: 'delivered',
  },
  { name: 'nothing, exactly 20 MB', file: pdf(20 * megabyte), end: 'delivered' },
  {
    name: '403 on the PUT, once',
    file: note,
    arrange: hindered({ kind: 'storage-403', count: 1 }),
    end: 'delivered',
  },
  { name: '403 on every PUT', file: note, arrange: hindered({ kind: 'storage-403' }), end: 'failed' },
  {
    name: '403 on every PUT, then retried by the agent',
    file: note,
    arrange: hindered({ kind: 'storage-403' }),
    meanwhile: (scene) => scene.retry(),
    end: 'delivered',
  },
  {
    name: 'address expired, once',
    file: note,
    switches: { uploadUrlMs: 0 },
    meanwhile: renewAfterRefusal,
    end: 'delivered',
  },
  { name: 'every address expired', file: note, switches: { uploadUrlMs: 0 }, end: 'failed' },
  {
    name: 'cut at 60 %, once',
    file: note,
    arrange: hindered({ kind: 'storage-cut', count: 1 }),
    end: 'delivered',
  },
  {
    name: 'cut at 60 % every time',
    file: note,
    arrange: hindered({ kind: 'storage-cut', count: 99 }),
    end: 'failed',
  },
  {
    name: 'stored, but the answer of the PUT lost',
    file: note,
    arrange: hindered({ kind: 'lose-response', operation: 'PutObject' }),
    end: 'delivered',
  },
  {
    name: '500 on the PUT, once',
    file: note,
    arrange: hindered({ kind: 'http-error', operation: 'PutObject', count: 1 }),
    end: 'delivered',
  },
]

const refusedHere: readonly FilePlan[] = [
  { name: 'zero bytes', file: { name: 'empty.txt', bytes: () => Buffer.alloc(0) }, end: 'failed' },
  { name: '20 MB and one byte', file: pdf(20 * megabyte + 1), end: 'failed' },
  { name: 'an ending the chat does not take', file: { ...note, name: 'setup.exe' }, end: 'failed' },
]

const refusedThere: readonly FilePlan[] = [
  {
    name: 'rejected by the scan',
    file: note,
    arrange: hindered({ kind: 'reject-attachments' }),
    end: 'failed',
  },
  {
    name: 'larger than the service allows (400)',
    file: note,
    switches: { attachmentMaxBytes: 1000 },
    end: 'failed',
  },
  { name: 'one file too many (402)', file: note, switches: { attachmentsPerContact: 0 }, end: 'failed' },
]

const askedAbout: readonly FilePlan[] = [
  {
    name: 'wrong ending, the content is a PDF, sent all the same',
    file: { ...pdf(5000), name: 'photo.png' },
    meanwhile: (scene) => scene.sendAnyway(),
    end: 'delivered',
  },
]

const twiceCompleted: readonly FilePlan[] = [
  {
    name: 'completed, the answer lost, completed again',
    file: note,
    switches: endlessScan,
    arrange: hindered({ kind: 'lose-response', operation: 'CompleteAttachmentUpload' }),
    meanwhile: completedTwice,
    end: 'delivered',
  },
  {
    name: 'completed, the answer lost, then a conflict (409)',
    file: note,
    switches: endlessScan,
    arrange: answerConflict,
    meanwhile: completedTwice,
    end: 'delivered',
  },
  {
    name: 'completed, then a crash, completed again',
    file: note,
    switches: endlessScan,
    arrange: hindered({ kind: 'slow', operation: 'CompleteAttachmentUpload', durationMs: 5000 }),
    meanwhile: async (scene) => {
      await scene.until(() => scene.contact.truth().attachments[0]?.status === 'IN_PROGRESS')
      await scene.crash()
      await completedTwice(scene)
    },
    end: 'delivered',
  },
]

const interrupted: readonly FilePlan[] = [
  {
    name: 'crash in the middle of the PUT',
    file: note,
    arrange: hanging('PutObject'),
    meanwhile: async (scene) => {
      await scene.reached('PutObject')
      await scene.crash()
    },
    end: 'delivered',
  },
  {
    name: 'crash in the middle of the PUT, the file deleted meanwhile',
    file: note,
    arrange: hanging('PutObject'),
    meanwhile: async (scene) => {
      await scene.reached('PutObject')
      await rm(scene.path)
      await scene.crash()
    },
    end: 'failed',
  },
  {
    name: 'crash before the completion reaches the service',
    file: note,
    arrange: hanging('CompleteAttachmentUpload'),
    meanwhile: async (scene) => {
      await scene.reached('CompleteAttachmentUpload')
      await scene.crash()
    },
    end: 'delivered',
  },
  {
    name: 'cancelled by the agent in the middle of the PUT',
    file: note,
    arrange: hanging('PutObject'),
    meanwhile: async (scene) => {
      await scene.reached('PutObject')
      await scene.cancel()
    },
    end: 'gone',
  },
  {
    name: 'the customer leaves in the middle of the PUT',
    file: note,
    arrange: hanging('PutObject'),
    meanwhile: async (scene) => {
      await scene.reached('PutObject')
      scene.contact.end()
    },
    end: 'failed',
  },
]

/** Everything that happens to a file on its way out, and what must become of it. */
export const filePlans: readonly FilePlan[] = [
  ...atStorage,
  ...refusedHere,
  ...refusedThere,
  ...askedAbout,
  ...twiceCompleted,
  ...interrupted,
]
