import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { LineCalls } from '../participant/participant-line.ts'
import { viewLines } from './view-lines.ts'

/** Fetches the guide a message shows. Its token is read from the service again: entries do not carry tokens. */
export async function describeView(
  entry: Entry | undefined,
  calls: Pick<LineCalls, 'readTranscript' | 'describeView'>,
): Promise<{ name: string; lines: string[] }> {
  const serviceId = entry?.serviceId ?? null
  const viewToken = serviceId === null ? null : await viewTokenOf({ serviceId, at: entry?.at ?? 0 }, calls)
  if (viewToken === null) throw new DeskError('not-found', 'This message shows no guide.')
  const view = await calls.describeView(viewToken)
  return { name: view.name, lines: [...viewLines(view)] }
}

/** Services differ in whether a page includes the item it starts from; just before its time it surely lies ahead. */
async function viewTokenOf(
  { serviceId, at }: { readonly serviceId: string; readonly at: number },
  calls: Pick<LineCalls, 'readTranscript'>,
): Promise<string | null> {
  for (const start of [{ id: serviceId }, { time: at - 1 }]) {
    const { items } = await calls.readTranscript({
      direction: 'FORWARD',
      order: 'ASCENDING',
      start,
      maxResults: nearby,
    })
    const found = items.find((item) => item.kind === 'message' && item.serviceId === serviceId)
    if (found?.kind === 'message') return found.viewToken
  }
  return null
}

/** Others may have spoken in the same millisecond. */
const nearby = 10
