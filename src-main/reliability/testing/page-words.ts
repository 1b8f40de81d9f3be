/**
 * What the page itself says where main has no sentence of its own to give, and where it says it, so that a test can
 * tell when the two part.
 */
export const pageWords = {
  sent: { words: 'Sent', file: 'chat/receipts.ts' },
  sending: { words: 'Sending…', file: 'chat/receipts.ts' },
  notSent: { words: 'Not sent.', file: 'chat/receipts.ts' },
  delivered: { words: 'Delivered', file: 'chat/uploads.ts' },
  waiting: { words: 'Waiting', file: 'chat/uploads.ts' },
  scanning: { words: 'Being scanned', file: 'chat/uploads.ts' },
  finishing: { words: 'Finishing', file: 'chat/uploads.ts' },
  connected: { words: 'Connected', file: 'shell/connection.ts' },
  reconnecting: { words: 'Reconnecting to', file: 'shell/banners.ts' },
  keepWriting: {
    words: 'You can keep writing. Messages wait here and send in order.',
    file: 'shell/banners.ts',
  },
  unconfirmed: { words: "Parley can't confirm new messages from", file: 'shell/banners.ts' },
  unread: {
    words: 'What was missed has not been read yet. What you write is still sent.',
    file: 'shell/banners.ts',
  },
  closedToYou: { words: 'The service closed this chat to you', file: 'chat/EndedBar.vue' },
  ended: { words: 'Chat ended', file: 'chat/EndedBar.vue' },
  youEnded: { words: 'You ended the chat', file: 'chat/EndedBar.vue' },
  notEnded: { words: 'was not ended.', file: 'shell/EndChatDialog.vue' },
  notSaved: { words: 'was not saved.', file: 'stores/files.ts' },
} as const satisfies Record<string, { readonly words: string; readonly file: string }>
