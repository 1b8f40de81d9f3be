import path from 'node:path'
import { writeFile } from 'node:fs/promises'
import { DeskError } from '#shared/failure.ts'
import { AttachmentCopies } from '../../inbox/attachment-copies.ts'
import { Attachments } from '../../inbox/attachments.ts'
import { download } from '../../participant/storage-download.ts'
import { MemoryShelf } from '../../platform/memory-shelf.ts'
import { systemClock } from '../../platform/system-clock.ts'
import type { Begun } from './deeds.ts'
import { surely } from './eventually.ts'
import { pageWords } from './page-words.ts'
import type { Stage } from './stage.ts'

const authenticationInitiated = 'application/vnd.amazonaws.connect.event.authentication.initiated'
const unused = '(nothing: the console does not sign customers in)'

/** Something the agent asks for and waits for. `done` says how it stands then; `told` frames the reason of a failure. */
export function asked(work: () => Promise<unknown>, ending: Ending): Begun {
  const { done, told = (reason: string) => reason } = ending
  let outcome: { readonly state: string; readonly reads: string } | null = null
  return {
    begin: () => {
      work().then(
        () => {
          outcome = done
        },
        (error: unknown) => {
          const isFailure = error instanceof DeskError
          outcome = isFailure
            ? { state: 'given up', reads: told(error.failure.message) }
            : { state: String(error), reads: '' }
        },
      )
    },
    standing: () => ({ isOver: outcome !== null, ...(outcome ?? { state: 'under way', reads: '' }) }),
  }
}

interface Ending {
  readonly done: { readonly state: string; readonly reads: string }
  readonly told?: (reason: string) => string
}

/** Something the agent puts on the disk, through the parts of the app that do so. */
export async function fetchingFile(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  const name = 'bill.txt'
  const target = path.join(stage.folder, name)
  const file = { name, contentType: 'text/plain', bytes: Buffer.from('A bill') }
  const { attachmentId } = stage.contact.attach(file)
  const isThere = (): boolean => session.entries().some(({ kind }) => kind === 'attachment')
  await surely(isThere)
  const attachments = new Attachments({
    dialogs: {
      chooseFile: () => Promise.resolve(target),
      chooseOpenFile: () => Promise.resolve(null),
      chooseFolder: () => Promise.resolve(null),
      showInFolder: () => undefined,
    },
    pictures: { put: () => '', holds: () => false },
    copies: new AttachmentCopies({
      clock: systemClock,
      shelf: new MemoryShelf(1024),
      download: ({ url, maxBytes }) =>
        download({
          url,
          maxBytes,
          agents: stage.chats.wiring.agents(stage.chats.instance),
          endpoint: stage.chats.instance.endpoint,
        }),
    }),
    writeWhole: async (to, pieces) => {
      const parts: Uint8Array[] = []
      for await (const piece of pieces) parts.push(piece)
      await writeFile(to, Buffer.concat(parts))
    },
  })
  return asked(() => attachments.save(session, attachmentId), {
    done: { state: 'saved', reads: '(the file is saved)' },
    told: (reason) => `${name} ${pageWords.notSaved.words} ${reason}`,
  })
}

export async function openingGuide(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  stage.contact.show({
    Id: 'detail',
    Arn: 'arn:detail',
    Name: 'Detail',
    Version: 1,
    Content: { InputSchema: '{}', Template: '{"Body":[{"Title":"Your booking"}]}', Actions: ['Next'] },
  })
  const guide = () => session.entries().find(({ kind }) => kind === 'message')
  await surely(() => guide() !== undefined)
  const reads = 'Detail: Your booking, Action: Next'
  const open = async (): Promise<void> => {
    const { name, lines } = await session.describeView(guide()?.id ?? '')
    if (`${name}: ${lines.join(', ')}` !== reads) throw new Error(`The guide says ${name}: ${String(lines)}`)
  }
  return asked(open, { done: { state: 'shown', reads } })
}

export async function startingSignIn(stage: Stage): Promise<Begun> {
  const { calls } = await stage.line()
  const { sessionId = '' } = stage.contact.event({ contentType: authenticationInitiated })
  const redirectUrl = 'https://shop.example/signed-in'
  return asked(() => calls.getAuthenticationUrl({ sessionId, redirectUrl }), {
    done: { state: 'address given', reads: unused },
  })
}

export async function cancellingSignIn(stage: Stage): Promise<Begun> {
  const { calls } = await stage.line()
  const { sessionId = '' } = stage.contact.event({ contentType: authenticationInitiated })
  return asked(() => calls.cancelAuthentication(sessionId), { done: { state: 'cancelled', reads: unused } })
}
