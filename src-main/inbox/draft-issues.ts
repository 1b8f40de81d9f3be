import type { Issue } from '#shared/instance-settings.ts'
import type { InstanceClient } from './instance-client.ts'
import type { InstanceOptions } from './instances.ts'

export interface DraftSurroundings {
  /** Null for a new instance. */
  readonly before: InstanceOptions | null
  readonly all: readonly InstanceOptions[]
  /** Chats of it in the inbox. */
  readonly open: number
}

/** What does not go together, where each field alone is right. */
export function draftIssues(
  candidate: { readonly instance: InstanceOptions; readonly client: InstanceClient } | null,
  { before, all, open }: DraftSurroundings,
): readonly Issue[] {
  if (candidate === null) return []
  const { instance, client } = candidate
  const isMoved = before !== null && !isSamePlace(before, instance)
  const issues: Issue[] = []
  if (isMoved && open > 0) {
    const sentence = 'It has open chats. Close them before you change the region or the endpoint.'
    issues.push({ field: before.region === instance.region ? 'endpoint' : 'region', sentence })
  }
  const twin = before !== null && !isMoved ? undefined : all.find((other) => isSamePlace(other, instance))
  if (twin !== undefined) {
    issues.push({ field: 'region', sentence: `${twin.label} has this region and endpoint already.` })
  }
  if (instance.endpoint !== null && (client.fips || client.dualStack)) {
    const sentence =
      'FIPS and dual-stack belong to the region’s own address. Turn them off, or leave the endpoint empty.'
    issues.push({ field: 'endpoint', sentence })
  }
  if (client.backoffBase > client.backoffCap) {
    issues.push({ field: 'backoffCap', sentence: 'The longest wait is shorter than the first one.' })
  }
  return issues
}

function isSamePlace(one: InstanceOptions, other: InstanceOptions): boolean {
  return one.region === other.region && one.endpoint === other.endpoint
}
