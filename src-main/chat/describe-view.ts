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
  const viewToken = serviceId === null ? null : await viewTokenOf(serviceId, calls)
  if (viewToken === null) throw new DeskError('not-found', 'This message shows no guide.')
  const view = await calls.describeView(viewToken)
  return { name: view.name, lines: [...viewLines(view)] }
}

async function viewTokenOf(
  serviceId: string,
  calls: Pick<LineCalls, 'readTranscript'>,
): Promise<string | null> {
  for (const direction of ['FORWARD', 'BACKWARD'] as const) {
    const { items } = await calls.readTranscript({
      direction,
      order: 'ASCENDING',
      start: { id: serviceId },
      maxResults: 2,
    })
    const found = items.find((item) => item.kind === 'message' && item.serviceId === serviceId)
    if (found?.kind === 'message') return found.viewToken
  }
  return null
}
