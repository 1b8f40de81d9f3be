import type { EventName } from '#shared/entry.ts'

type Sentence = (who: string, detail: string | null) => string

const sentences: Readonly<Record<EventName, Sentence>> = {
  joined: (who) => `${who} joined`,
  left: (who) => `${who} left`,
  invited: (who) => `${who} was invited`,
  active: (who) => `${who} is active`,
  inactive: (who) => `${who} is inactive`,
  idle: (who) => `${who} is idle`,
  returned: (who) => `${who} is back`,
  'auto-disconnected': (who) => `${who} was disconnected for being idle`,
  transferred: () => 'The chat was transferred',
  'transfer-failed': () => 'The transfer did not go through',
  ended: () => 'The chat ended',
  rehydrated: () => 'An earlier conversation can be read',
  renamed: (who, detail) => `${who} is now called ${detail ?? 'something else'}`,
  'authentication-started': (who) => `${who} was asked to sign in`,
  'authentication-succeeded': (who) => `${who} signed in`,
  'authentication-failed': (who) => `${who} could not sign in`,
  'authentication-timed-out': (who) => `${who} did not sign in in time`,
  'authentication-expired': () => 'The sign-in request ran out',
  'authentication-cancelled': () => 'The sign-in was cancelled',
  'workflow-cancelled': () => 'The workflow was cancelled',
  unknown: (_who, detail) => `Event ${detail ?? 'without a name'}`,
}

/** What happened, as one line of a transcript. */
export function eventSentence(event: EventName, who: string | null, detail: string | null): string {
  return sentences[event](who ?? 'A participant', detail)
}
