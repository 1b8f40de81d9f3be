import type { ClientSettings } from '../platform/client-settings.ts'
import type { KnownInstance, SettingsFile } from '../platform/settings-file.ts'
import { completeClient, type InstanceClient } from './instance-client.ts'
import { type InstanceOptions, tagOf } from './instances.ts'
import type { Policy } from './policy.ts'

/** This computer's own service needs no way out of it, and no policy is about it. */
const practiceClient = completeClient([{ proxy: { mode: 'none' } }])

/** Known instances and how each is reached: the user's settings, and above them the administrator's policy. */
export class InstanceBook {
  readonly #settings: Pick<SettingsFile, 'kept' | 'change'>
  readonly #policy: Policy

  constructor(settings: Pick<SettingsFile, 'kept' | 'change'>, policy: Policy) {
    this.#settings = settings
    this.#policy = policy
  }

  get all(): readonly InstanceOptions[] {
    const decided = this.#policy.instances.map(({ tag, client: _, ...instance }) => ({
      ...instance,
      tag: tag ?? tagOf(instance.region),
      isPractice: false,
    }))
    return [
      ...decided,
      ...this.#settings.kept.instances.filter(({ instanceId }) => !this.#isDecided(instanceId)),
    ]
  }

  /** What was set for the instance stays set. False when it could not be written down. */
  remember({ instanceId, label, tag, region, endpoint }: InstanceOptions): boolean {
    if (this.#isDecided(instanceId)) return true
    const { instances } = this.#settings.kept
    const { client } = this.#known(instanceId) ?? { client: {} }
    const entry: KnownInstance = { instanceId, label, tag, region, endpoint, isPractice: false, client }
    return this.#settings.change({
      instances: [...instances.filter((other) => other.instanceId !== instanceId), entry],
    })
  }

  clientOf(instance: InstanceOptions): InstanceClient {
    if (instance.isPractice) return practiceClient
    const { instances, defaults } = this.#policy
    const decided =
      instances.find(({ instanceId }) => instanceId === instance.instanceId) ??
      // A chat joined by token names no instance; where it goes says which one it is.
      instances.find(({ region, endpoint }) => region === instance.region && endpoint === instance.endpoint)
    const layers: readonly (ClientSettings | undefined)[] = [
      this.#known(instance.instanceId)?.client,
      defaults,
      decided?.client,
    ]
    return completeClient(layers.filter((layer) => layer !== undefined))
  }

  #known(instanceId: string): KnownInstance | undefined {
    return this.#settings.kept.instances.find((known) => known.instanceId === instanceId)
  }

  #isDecided(instanceId: string): boolean {
    return this.#policy.instances.some((instance) => instance.instanceId === instanceId)
  }
}
