import { Page } from '../peer/page.ts'
import type { Joined, Receiver } from './receiver.ts'

/** Sessions that hold a participant token themselves, all in one page. */
export async function openPeer(
  endpoint: string,
  chats: readonly Joined[],
  keepsTranscript: boolean,
): Promise<Receiver> {
  const { connect } = new Page(endpoint)
  const sizes = chats.map(() => 0)
  await Promise.all(
    chats.map(async (chatDetails, index) => {
      const session = connect.ChatSession.create({
        type: 'CUSTOMER',
        disableCSM: true,
        options: { region: 'us-west-2' },
        chatDetails: { ...chatDetails, initialContactId: chatDetails.contactId },
      })
      if (keepsTranscript)
        session.onTranscriptUpdated(({ data }) => {
          sizes[index] = data.transcript.length
        })
      else
        session.onMessage(({ data }) => {
          sizes[index] = (sizes[index] ?? 0) + (data.Type === 'MESSAGE' ? 1 : 0)
        })
      await session.connect()
    }),
  )
  return { received: () => sizes.reduce((sum, size) => sum + size, 0), settled: done, close: done }
}

const done = (): Promise<void> => Promise.resolve()
