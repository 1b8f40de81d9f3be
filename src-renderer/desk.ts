import type { Bridge } from '#shared/bridge.ts'
import type { Input, Output, Push, PushName, RequestName } from '#shared/contract.ts'
import { DeskError, type Reply } from '#shared/failure.ts'
import type { ChatId } from '#shared/model.ts'

declare global {
  interface Window {
    readonly desk: Bridge<File>
  }
}

type Arguments<N extends RequestName> = Input<N> extends void ? [] : [input: Input<N>]

/** Throws a DeskError with main's failure. The envelope is opened here: errors lose their fields on the bridge. */
export async function request<N extends RequestName>(name: N, ...[input]: Arguments<N>): Promise<Output<N>> {
  return open((await window.desk.request(name, input)) as Reply<Output<N>>)
}

/** Hands a dropped, pasted or picked file to main, which alone learns its path. */
export async function stageFile(chatId: ChatId, file: File): Promise<{ readonly uploadId: string }> {
  return open((await window.desk.stageFile(chatId, file)) as Reply<{ readonly uploadId: string }>)
}

export function onPush<N extends PushName>(name: N, listener: (payload: Push<N>) => void): () => void {
  return window.desk.onPush((pushed, payload) => {
    if (pushed === name) listener(payload as Push<N>)
  })
}

function open<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  const { code, message, status } = reply.failure
  throw new DeskError(code, message, status)
}
