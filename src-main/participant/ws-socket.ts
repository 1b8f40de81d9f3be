import type { Agent } from 'node:http'
import { WebSocket } from 'ws'
import type { Secret } from '../vault/secret.ts'
import type { OpenSocket, RawSocket, RawSocketListener } from './chat-socket.ts'
import { readServiceAddress } from './service-address.ts'

/** Larger than any frame of the service; a larger one costs the socket, not the memory. */
const maxPayload = 16 * 1024 * 1024

/**
 * Opens sockets with `ws`, through the agent that knows the proxy and the certificates. `endpoint`: of the instance
 * whose service names them, null for Amazon's own.
 */
export function createWsSocketOpener(
  agentFor: (url: URL) => Agent | undefined,
  endpoint: string | null,
): OpenSocket {
  return (secretUrl, listener) => {
    const url = readSocketUrl(secretUrl, endpoint)
    if (url === null) return refuse(listener)
    const agent = agentFor(url)
    const socket = new WebSocket(url, { maxPayload, perMessageDeflate: false, ...(agent && { agent }) })
    let isOver = false
    const end = (why: string) => {
      if (isOver) return
      isOver = true
      socket.terminate()
      listener.gone(why)
    }
    socket.on('open', () => {
      if (!isOver) listener.open()
    })
    socket.on('message', (frame) => {
      // A binary frame is no way the service speaks, but something was said: it is read as text like any other.
      if (!isOver && Buffer.isBuffer(frame)) listener.text(frame.toString('utf8'))
    })
    socket.on('error', (error: Error & { code?: string }) => end(error.code ?? 'error'))
    socket.on('close', (code) => end(String(code)))
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      close: () => {
        isOver = true
        // A polite goodbye; a peer that does not answer is dropped by ws after its own timeout.
        if (socket.readyState === WebSocket.OPEN) socket.close(1000)
        else socket.terminate()
      },
    }
  }
}

/** Encrypted, or on this computer. */
function readSocketUrl(secret: Secret, endpoint: string | null): URL | null {
  const url = readServiceAddress(secret.reveal(), endpoint)
  return url?.protocol === 'wss:' || url?.protocol === 'ws:' ? url : null
}

function refuse(listener: RawSocketListener): RawSocket {
  queueMicrotask(() => listener.gone('unusable address'))
  return { send: () => undefined, close: () => undefined }
}
