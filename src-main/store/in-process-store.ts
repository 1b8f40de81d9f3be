import type { ConversationStore } from './conversation-store.ts'
import type { Database } from './database.ts'
import { performTogether } from './store-calls.ts'
import { toStoreFailure } from './store-failure.ts'
import { storeOver } from './store-over-line.ts'

/** The store on the calling thread, for tests and tools. The app uses `WorkerStore`. */
export function inProcessStore(database: Database): ConversationStore {
  return storeOver({
    call(call) {
      const [outcome] = performTogether(database, [call])
      if (outcome?.ok === true) return Promise.resolve(outcome.value)
      return Promise.reject(toStoreFailure(outcome?.error))
    },
    close() {
      database.close()
      return Promise.resolve()
    },
  })
}
