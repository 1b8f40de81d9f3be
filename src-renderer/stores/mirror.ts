import type { Patch, Snapshot } from '#shared/model.ts'
import type { useInbox } from './inbox.ts'
import type { useTimelines } from './timelines.ts'

export interface MirrorSource {
  readonly onPatch: (listener: (patch: Patch) => void) => () => void
  readonly snapshot: () => Promise<Snapshot>
}

interface MirrorTarget {
  readonly inbox: ReturnType<typeof useInbox>
  readonly timelines: ReturnType<typeof useTimelines>
}

/**
 * Subscribes first and asks second; what arrives in between is held. A number seen before is ignored, a gap means a
 * fresh snapshot. Resolves once the first snapshot is in place; `report` hears of later ones that failed.
 */
export async function startMirror(
  source: MirrorSource,
  target: MirrorTarget,
  report: (error: unknown) => void = () => undefined,
): Promise<() => void> {
  let revision = -1
  let held: Patch[] | null = []

  function apply(patch: Patch): boolean {
    if (patch.revision <= revision) return true
    if (patch.revision !== revision + 1) return false
    for (const change of patch.changes) {
      if (change.kind === 'timeline') target.timelines.applyChange(change, patch.revision)
      else target.inbox.applyChange(change)
    }
    revision = patch.revision
    return true
  }

  async function takeSnapshot(): Promise<void> {
    const waiting: Patch[] = held ?? []
    held = waiting
    const snapshot = await source.snapshot()
    target.inbox.applySnapshot(snapshot)
    revision = snapshot.revision
    held = null
    if (!waiting.every(apply)) await takeSnapshot()
  }

  async function catchUp(patch: Patch): Promise<void> {
    held = [patch]
    try {
      await takeSnapshot()
      await target.timelines.reload()
    } catch (error) {
      // The next patch is a gap again, and asks again.
      held = null
      report(error)
    }
  }

  const stop = source.onPatch((patch) => {
    if (held !== null) held.push(patch)
    else if (!apply(patch)) void catchUp(patch)
  })
  await takeSnapshot()
  return stop
}
