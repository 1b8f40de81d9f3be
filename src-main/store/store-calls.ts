import type { Entry } from '#shared/entry.ts'
import type { ChatId } from '#shared/model.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { Database } from './database.ts'
import { durabilityOf } from './durability.ts'

export type StoreMethod = Exclude<keyof ConversationStore, 'close'>
type CallOf<M extends StoreMethod> = { readonly method: M; readonly args: Parameters<ConversationStore[M]> }

/** A method of the store as a value that can cross to another thread. */
export type StoreCall = { [M in StoreMethod]: CallOf<M> }[StoreMethod]

/** The entries a call brings along; they make up its size. */
export function entriesOf(call: StoreCall): readonly Entry[] {
  if (call.method === 'saveEntries') return call.args[1].upserted
  return call.method === 'settle' ? call.args[2].upserted : []
}

export function withEntries(call: StoreCall, upserted: readonly Entry[]): StoreCall {
  if (call.method === 'saveEntries') {
    const [chatId, change] = call.args
    return { method: call.method, args: [chatId, { ...change, upserted }] }
  }
  if (call.method === 'settle') {
    const [chatId, entryId, change] = call.args
    return { method: call.method, args: [chatId, entryId, { ...change, upserted }] }
  }
  return call
}

/** Inside a transaction. */
function perform<M extends StoreMethod>(database: DatabaseMethods, { method, args }: CallOf<M>): unknown {
  return database[method](...args)
}

/** The store's methods as the database has them: at once instead of by promise. */
type DatabaseMethods = {
  readonly [M in StoreMethod]: (
    ...args: Parameters<ConversationStore[M]>
  ) => Awaited<ReturnType<ConversationStore[M]>>
}

export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }

/**
 * Carries out calls in order with one commit, and so one disk sync, for all of them. When that fails each is tried
 * alone, so one bad call cannot take its neighbours along.
 */
export function performTogether(database: Database, calls: readonly StoreCall[]): readonly Outcome[] {
  const knowsChat = (chatId: ChatId): boolean => database.knowsChat(chatId)
  const durability = calls.some((call) => durabilityOf(call, knowsChat) === 'synced') ? 'synced' : 'written'
  try {
    const values = database.transact(durability, () => {
      if (durability === 'synced') database.countPromise()
      return calls.map((call) => perform(database, call))
    })
    return values.map((value) => ({ ok: true, value }))
  } catch (error) {
    const [only] = calls
    if (only === undefined || calls.length === 1) return calls.map(() => ({ ok: false, error }))
    return calls.flatMap((call) => performTogether(database, [call]))
  }
}
