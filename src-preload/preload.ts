import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { pushChannel, requestChannel, stageFileChannel, type Bridge } from '#shared/bridge.ts'

// Three functions, for ever: a new call is a line in the contract and a handler in main.
const bridge: Bridge<File> = {
  request: (name, input) => ipcRenderer.invoke(requestChannel, name, input),
  onPush(listener) {
    const forward = (_event: IpcRendererEvent, name: string, payload: unknown): void => {
      listener(name, payload)
    }
    ipcRenderer.on(pushChannel, forward)
    return () => {
      ipcRenderer.off(pushChannel, forward)
    }
  },
  // Only a file that a person dropped, pasted or picked has a path; it never passes through the page.
  stageFile: (chatId, file) => ipcRenderer.invoke(stageFileChannel, chatId, webUtils.getPathForFile(file)),
}

contextBridge.exposeInMainWorld('desk', bridge)
