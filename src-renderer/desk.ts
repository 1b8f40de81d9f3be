import type { Input, Output, Push, PushName, RequestName } from '#shared/contract.ts'
import { DeskError, type Reply } from '#shared/failure.ts'
import type { ChatId } from '#shared/model.ts'

/** The bridge with the types of the contract: main parses everything in both directions, so they can be believed. */
interface Desk {
  request: <N extends RequestName>(name: N, input: Input<N> | undefined) => Promise<Reply<Output<N>>>
  onPush: <N extends PushName>(listener: (name: string, payload: Push<N>) => void) => () => void
  stageFile: (chatId: ChatId, file: File) => Promise<Reply<{ readonly uploadId: string }>>
}

declare global {
  interface Window {
    readonly desk: Desk
  }
}

type Arguments<N extends RequestName> = undefined extends Input<N> ? [] : [input: Input<N>]

/** Throws a DeskError with main's failure. The envelope is opened here: errors lose their fields on the bridge. */
export async function request<N extends RequestName>(name: N, ...[input]: Arguments<N>): Promise<Output<N>> {
  return open(await window.desk.request(name, input))
}

/** Hands a dropped, pasted or picked file to main, which alone learns its path. */
export async function stageFile(chatId: ChatId, file: File): Promise<{ readonly uploadId: string }> {
  return open(await window.desk.stageFile(chatId, file))
}

export function onPush<N extends PushName>(name: N, listener: (payload: Push<N>) => void): () => void {
  return window.desk.onPush<N>((pushed, payload) => {
    if (pushed === name) listener(payload)
  })
}

function open<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  const { code, message, status } = reply.failure
  throw new DeskError(code, message, status)
}
