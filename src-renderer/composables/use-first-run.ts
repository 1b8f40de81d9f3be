import { computed, type ComputedRef } from 'vue'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'

/** Nothing is there yet but the question how chats arrive, unless the agent is in the settings. */
export function useFirstRun(): ComputedRef<boolean> {
  const inbox = useInbox()
  const workspace = useWorkspace()
  return computed(() => inbox.isFirstRun && workspace.active !== 'settings')
}
