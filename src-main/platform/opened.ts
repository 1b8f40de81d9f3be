import type { Socket } from 'node:net'

/** Resolves when the socket has announced that it is open; rejects with its error, and closes it, when it is not. */
export function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      socket.off(event, open)
      socket.off('error', fail)
      socket.off('close', cut)
      signal.removeEventListener('abort', late)
      settle()
    }
    const open = (): void => finish(resolve)
    const fail = (error: Error): void => {
      finish(() => reject(error))
      // Its own last words come after these.
      socket.on('error', () => undefined)
      socket.destroy()
    }
    const cut = (): void => fail(withCode('ECONNRESET'))
    const late = (): void => fail(withCode('ETIMEDOUT'))
    socket.on(event, open)
    socket.on('error', fail)
    socket.on('close', cut)
    signal.addEventListener('abort', late)
    if (signal.aborted) late()
  })
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code })
}
