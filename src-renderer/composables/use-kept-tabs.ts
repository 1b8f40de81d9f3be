import { watch } from 'vue'
import type { ChatId } from '#shared/model.ts'
import { useInbox } from '../stores/inbox.ts'
import type { Tabs } from '../stores/tabs.ts'
import { useWorkspace } from '../stores/workspace.ts'

const key = 'parley.tabs'

/**
 * Tabs follow the chats main knows, and come back after the page is loaded again. Only ids are kept, and only for
 * as long as the window lives.
 */
export function useKeptTabs(storage: Storage): void {
  const inbox = useInbox()
  const workspace = useWorkspace()

  const saved = parse(storage.getItem(key))
  if (saved !== null) workspace.restore(saved)

  watch(
    () => [inbox.isLoaded, ...inbox.chats.values()],
    () => inbox.isLoaded && workspace.follow(inbox.chats),
    { immediate: true },
  )
  watch(
    () => [workspace.open, workspace.active],
    () => inbox.isLoaded && storage.setItem(key, JSON.stringify(workspace.save())),
  )
}

function parse(text: string | null): Tabs | null {
  if (text === null) return null
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null) return null
    if (!('open' in found) || !('known' in found) || !('active' in found)) return null
    const { open, known, active } = found
    return isIds(open) && isIds(known) && isActive(active) ? { open, known, active } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isIds(found: unknown): found is readonly ChatId[] {
  return Array.isArray(found) && found.every((id) => typeof id === 'string')
}

function isActive(found: unknown): found is Tabs['active'] {
  return found === null || typeof found === 'string'
}
