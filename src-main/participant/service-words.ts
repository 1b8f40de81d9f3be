/** What an agent reads when the service says no to one operation. */
export interface ServiceWords {
  /** Refused for what it is. `why` is empty, or a colon and the service's own words without a full stop. */
  readonly refused: (why: string) => string
  /** Refused to us, whatever it is. */
  readonly denied: string
}

const shutOut =
  'The service no longer lets you into this chat. It may be over, or someone else may have it now.'

export const serviceWords = {
  connection: {
    refused: (why) =>
      `The service did not take this token${why}. Check that it was copied whole and that the region is right.`,
    denied: shutOut,
  },
  disconnect: {
    refused: (why) => `The service did not let you leave${why}. Try again in a moment.`,
    denied: shutOut,
  },
  message: {
    refused: (why) => `The service did not take this message${why}. Change it and send it again.`,
    denied: shutOut,
  },
  event: {
    refused: (why) => `The service did not pass this on${why}. The chat goes on without it.`,
    denied: shutOut,
  },
  transcript: {
    refused: (why) => `The service did not give out the conversation${why}. Messages may be missing.`,
    denied: shutOut,
  },
  'upload-start': {
    refused: (why) => `The service did not take this file${why}. Choose another file.`,
    denied: shutOut,
  },
  'upload-complete': {
    refused: (why) => `The service did not pass this file on${why}. Add it again.`,
    denied: shutOut,
  },
  attachment: {
    refused: (why) => `The service did not give out this file${why}. Ask the customer to send it again.`,
    denied: 'The service does not give out this file. It may have been rejected, or the chat may be over.',
  },
  view: {
    refused: (why) => `The service did not give out this guide${why}. The chat goes on without it.`,
    denied: shutOut,
  },
  'sign-in': {
    refused: (why) =>
      `The service did not take part in this sign-in${why}. Ask the customer to begin it again.`,
    denied: shutOut,
  },
} as const satisfies Record<string, ServiceWords>
