import type { Instance } from '#shared/model.ts'
import { DeskError } from '#shared/failure.ts'
import { readEndpoint, readRegion } from '../participant/instance-checks.ts'
import type { StoredInstance } from '../store/conversation-store.ts'

/** One Connect instance and how to reach it. Nothing in here is secret. */
export interface InstanceOptions extends Instance {
  /** Null: the service's own address for the region. */
  readonly endpoint: string | null
}

export const practiceInstanceId = 'practice'

export function practiceInstance(endpoint: string): InstanceOptions {
  return {
    instanceId: practiceInstanceId,
    label: 'Practice',
    tag: 'PR',
    region: 'us-west-2',
    isPractice: true,
    endpoint,
  }
}

/** Chats joined by token share an instance when they share region and address: rate limits are counted there. */
export function tokenInstance(region: string, endpoint: string | null): InstanceOptions {
  return {
    instanceId: endpoint === null ? `token ${region}` : `token ${region} ${endpoint}`,
    label: endpoint === null ? region : new URL(endpoint).host,
    tag: tagOf(region),
    region,
    isPractice: false,
    endpoint,
  }
}

/** From the id alone, which says it all; null when it is not the id of such an instance. */
export function tokenInstanceOf(instanceId: string): InstanceOptions | null {
  const [mark, region = '', endpoint = '', ...more] = instanceId.split(' ')
  if (mark !== 'token' || more.length > 0) return null
  try {
    return tokenInstance(readRegion(region), readEndpoint(endpoint))
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return null
  }
}

/** What is kept beside a chat. */
export function storedInstance({ label, tag, region, endpoint }: InstanceOptions): StoredInstance {
  return { label, tag, region, endpoint }
}

/** The summary the page gets: without the address. */
export function shownInstance({ instanceId, label, tag, region, isPractice }: InstanceOptions): Instance {
  return { instanceId, label, tag, region, isPractice }
}

/** "eu-west-2" becomes "EW2". */
export function tagOf(region: string): string {
  const [area = '', place = '', number = ''] = region.split('-')
  return `${area.slice(0, 1)}${place.slice(0, 1)}${number}`.toUpperCase()
}
