import { WebSocket } from 'ws'
import type { Joined, Receiver } from './receiver.ts'

interface Connection {
  readonly Websocket: { readonly Url: string }
}

/** The least any client has to do: a socket, and the two layers of JSON of every frame. */
export async function openFloor(endpoint: string, chats: readonly Joined[]): Promise<Receiver> {
  let received = 0
  await Promise.all(
    chats.map(async ({ participantToken }) => {
      const answer = await fetch(`${endpoint}/participant/connection`, {
        method: 'POST',
        headers: { 'x-amz-bearer': participantToken, 'content-type': 'application/json' },
        body: '{"Type":["WEBSOCKET","CONNECTION_CREDENTIALS"],"ConnectParticipant":true}',
      })
      const { Websocket: socket } = (await answer.json()) as Connection
      const wire = new WebSocket(socket.Url, { perMessageDeflate: false })
      await new Promise<void>((resolve) => {
        wire.once('open', () => wire.send('{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}}'))
        wire.on('message', (frame: Buffer) => {
          const outer = JSON.parse(frame.toString()) as { topic: string; content: string }
          if (outer.topic === 'aws/subscribe') resolve()
          if (outer.topic !== 'aws/chat') return
          const item = JSON.parse(outer.content) as { Type: string }
          if (item.Type === 'MESSAGE') received += 1
        })
      })
    }),
  )
  return { received: () => received, settled: done, close: done }
}

const done = (): Promise<void> => Promise.resolve()
