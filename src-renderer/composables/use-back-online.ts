import { onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Banner } from '../shell/banners.ts'
import type { InstanceState } from '../shell/connection.ts'
import { exactTimeOfDay } from '../ui/time.ts'

const shownFor = 12_000

/** Says so when every chat of an instance that was wholly down is live again. */
export function useBackOnline(states: ComputedRef<readonly InstanceState[]>): {
  readonly back: Readonly<ShallowRef<Banner | null>>
  readonly dismissBack: () => void
} {
  const back = shallowRef<Banner | null>(null)
  const lost = new Set<string>()
  let timer: number | undefined

  function dismissBack(): void {
    window.clearTimeout(timer)
    back.value = null
  }

  watch(states, (now) => {
    for (const state of now) {
      const { instanceId } = state.instance
      if (state.live.length > 0 && state.down.length === state.live.length) lost.add(instanceId)
      else if (lost.has(instanceId) && isRestored(state)) {
        lost.delete(instanceId)
        dismissBack()
        back.value = bannerFor(state)
        timer = window.setTimeout(dismissBack, shownFor)
      }
    }
  })
  onScopeDispose(dismissBack)

  return { back, dismissBack }
}

function isRestored(state: InstanceState): boolean {
  return state.live.length > 0 && state.live.every(({ link }) => link.phase === 'live')
}

function bannerFor(state: InstanceState): Banner {
  const proven = state.provenUpTo
  return {
    id: `back-${state.instance.instanceId}`,
    tone: 'info',
    icon: 'check-circle',
    title: `Back online with ${state.instance.label}.`,
    detail: proven === null ? '' : `All chats complete up to ${exactTimeOfDay(proven)}.`,
    retryAt: null,
    action: { kind: 'dismiss' },
  }
}
