export const requestChannel = 'desk:request'
export const pushChannel = 'desk:push'
export const stageFileChannel = 'desk:stage-file'

/** All that the page can reach. `File` is the DOM's; a script-made file has no path and is refused by main. */
export interface Bridge<DroppedFile> {
  request(name: string, input: unknown): Promise<unknown>
  onPush(listener: (name: string, payload: unknown) => void): () => void
  stageFile(chatId: string, file: DroppedFile): Promise<unknown>
}
