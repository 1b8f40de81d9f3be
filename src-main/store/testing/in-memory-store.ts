import type { ConversationStore } from '../conversation-store.ts'
import { inProcessStore } from '../in-process-store.ts'
import { openDatabase } from '../open-database.ts'

/** The real store on a database in memory, on this thread. */
export function inMemoryStore(): ConversationStore {
  const opened = openDatabase({ path: ':memory:', key: 'of no consequence' })
  if (opened.state !== 'opened') throw new Error('A database in memory could not be opened')
  return inProcessStore(opened.database)
}
