/** The part of `amazon-connect-chatjs` that is used here; its own declarations know a page, not a program. */
export interface ChatJsSession {
  connect(): Promise<unknown>
  sendMessage(args: { message: string; contentType: string }): Promise<unknown>
  sendAttachment(args: { attachment: File }): Promise<unknown>
  onMessage(told: (event: { data: ChatJsItem }) => void): void
  onTranscriptUpdated(told: (event: { data: { transcript: readonly ChatJsItem[] } }) => void): void
  onConnectionLost(told: () => void): void
  onConnectionBroken(told: () => void): void
}

export interface ChatJsItem {
  readonly Id?: string
  readonly Type?: string
}

/** The global that the library leaves in a page. */
export interface ConnectNamespace {
  readonly ChatSession: {
    create(args: object): ChatJsSession
    setGlobalConfig(config: object): void
  }
}
