import type { Custody, Notice } from '#shared/model.ts'
import type { Log } from './platform/log.ts'
import type { ConversationStore } from './store/conversation-store.ts'
import { openStore } from './store/open-store.ts'
import type { Secret } from './vault/secret.ts'

export async function openCustody(_o: { profile: string; log: Log; now: () => number }) {
  const kept = new Map<string, Secret>()
  const { store } = await openStore({
    workerUrl: new URL('./store-worker.js', import.meta.url),
    file: null,
    now: _o.now,
    onReopened: () => undefined,
  })
  const custody: Custody = { mode: 'memory-only', reason: 'missing' }
  return {
    custody,
    notices: [] as Notice[],
    store: store as ConversationStore,
    vault: {
      keep: (id: string, _k: string, s: Secret) => Promise.resolve(void kept.set(id, s)),
      recall: (id: string) => Promise.resolve(kept.get(id) ?? null),
      forget: (id: string) => Promise.resolve(void kept.delete(id)),
    },
    close: () => store.close(),
  }
}
