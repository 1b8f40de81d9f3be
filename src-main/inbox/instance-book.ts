import type { ClientSettings } from '../platform/client-settings.ts'
import type { KnownInstance, SettingsFile } from '../platform/settings-file.ts'
import { completeClient, type InstanceClient } from './instance-client.ts'
import { type InstanceOptions, tagOf, tokenInstance } from './instances.ts'
import type { Policy } from './policy.ts'

type Place = Pick<InstanceOptions, 'region' | 'endpoint'>

/** This computer's own service needs no way out of it, and no policy is about it. */
const practiceClient = completeClient([{ proxy: { mode: 'none' } }])

/** Known instances and how each is reached: the user's settings, and above them the administrator's policy. */
export class InstanceBook {
  readonly #settings: Pick<SettingsFile, 'kept' | 'change' | 'save'>
  readonly #policy: Policy

  constructor(settings: Pick<SettingsFile, 'kept' | 'change' | 'save'>, policy: Policy) {
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
      ...this.#settings.kept.instances.filter(({ instanceId }) => !this.isDecided(instanceId)).map(optionsOf),
    ]
  }

  /** What was set for the instance stays set. False when it could not be written down. */
  remember({ instanceId, label, tag, region, endpoint }: InstanceOptions): boolean {
    if (this.isDecided(instanceId)) return true
    const { instances } = this.#settings.kept
    const { client } = this.#known(instanceId) ?? { client: {} }
    const entry: KnownInstance = { instanceId, label, tag, region, endpoint, isPractice: false, client }
    return this.#settings.change({
      instances: [...instances.filter((other) => other.instanceId !== instanceId), entry],
    })
  }

  /** Settings of the user's own, taking the place of what had the id before. Throws when the disk does not take it. */
  set(previousId: string | null, entry: KnownInstance): void {
    const { instances } = this.#settings.kept
    const index = instances.findIndex(({ instanceId }) => instanceId === previousId)
    this.#settings.save({
      instances: index < 0 ? [...instances, entry] : instances.with(index, entry),
    })
  }

  /** Throws when the disk does not take it. */
  forget(instanceId: string): void {
    const { instances } = this.#settings.kept
    this.#settings.save({ instances: instances.filter((known) => known.instanceId !== instanceId) })
  }

  clientOf(instance: InstanceOptions): InstanceClient {
    if (instance.isPractice) return practiceClient
    return completeClient([this.ownClient(instance.instanceId), ...this.decidedFor(instance)])
  }

  /** What the user has set, without what is decided above. */
  ownClient(instanceId: string): ClientSettings {
    return this.#known(instanceId)?.client ?? {}
  }

  /** What the administrator has decided for an instance, the most binding last. */
  decidedFor(
    instance: Pick<InstanceOptions, 'instanceId' | 'region' | 'endpoint'>,
  ): readonly ClientSettings[] {
    const { instances, defaults } = this.#policy
    const { region: _region, endpoint: _endpoint, ...forAll } = defaults
    const decided =
      instances.find(({ instanceId }) => instanceId === instance.instanceId) ??
      // A chat joined by token names no instance; where it goes says which one it is.
      instances.find((other) => isSamePlace(other, instance))
    return decided === undefined ? [forAll] : [forAll, decided.client]
  }

  /** The one a token for this place belongs to, under the name it has been given. */
  at(region: string, endpoint: string | null): InstanceOptions {
    const known = this.#settings.kept.instances.find((other) => isSamePlace(other, { region, endpoint }))
    return known === undefined ? tokenInstance(region, endpoint) : optionsOf(known)
  }

  isDecided(instanceId: string): boolean {
    return this.#policy.instances.some((instance) => instance.instanceId === instanceId)
  }

  #known(instanceId: string): KnownInstance | undefined {
    return this.#settings.kept.instances.find((known) => known.instanceId === instanceId)
  }
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.region === other.region && one.endpoint === other.endpoint
}

function optionsOf({ client: _, ...instance }: KnownInstance): InstanceOptions {
  return instance
}
