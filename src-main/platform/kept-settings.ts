import { Settings } from '#shared/model.ts'
import { z } from 'zod'
import { ClientSettings } from './client-settings.ts'

const Bounds = z.strictObject({
  width: z.int().positive(),
  height: z.int().positive(),
  x: z.int().optional(),
  y: z.int().optional(),
  isMaximized: z.boolean(),
})

const KnownInstance = z.strictObject({
  instanceId: z.string().min(1),
  label: z.string(),
  tag: z.string(),
  region: z.string(),
  isPractice: z.literal(false),
  endpoint: z.string().nullable(),
  client: ClientSettings.default({}),
})
export type KnownInstance = z.infer<typeof KnownInstance>

export interface Kept {
  readonly settings: Settings
  readonly bounds: z.infer<typeof Bounds>
  readonly instances: readonly KnownInstance[]
}

export const defaults: Kept = {
  settings: { theme: 'system', sendWith: 'enter', showCustomerPanel: true, closing: 'ask', textSize: 100 },
  bounds: { width: 1280, height: 800, isMaximized: false },
  instances: [],
}

export const JsonObject = z.record(z.string(), z.unknown())
export type JsonObject = z.infer<typeof JsonObject>

interface ParsedKept {
  readonly kept: Kept
  /** As in `settings.theme`. */
  readonly unusable: readonly string[]
}

/** Value by value: one that cannot be used costs itself, and the usual one is used instead. */
export function parseKept(found: JsonObject): ParsedKept {
  const unusable: string[] = []
  const settings = Settings.parse(
    parseFields(
      'settings',
      { shape: Settings.shape, usual: defaults.settings, found: found['settings'] },
      unusable,
    ),
  )
  const bounds = Bounds.parse(
    parseFields('bounds', { shape: Bounds.shape, usual: defaults.bounds, found: found['bounds'] }, unusable),
  )
  const instances = listOf(found['instances']).flatMap((entry, index) => {
    const instance = parseInstance(entry)
    if (instance === null) unusable.push(`instances.${String(index)}`)
    return instance ?? []
  })
  if (found['instances'] !== undefined && !Array.isArray(found['instances'])) unusable.push('instances')
  return { kept: { settings, bounds, instances }, unusable }
}

interface Fields {
  readonly shape: Readonly<Record<string, z.ZodType>>
  readonly usual: Readonly<Record<string, unknown>>
  readonly found: unknown
}

function parseFields(place: string, { shape, usual, found }: Fields, unusable: string[]): JsonObject {
  const object = JsonObject.safeParse(found)
  if (found !== undefined && !object.success) unusable.push(place)
  const values = object.success ? object.data : {}
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const value = values[name]
      const parsed = value === undefined ? null : schema.safeParse(value)
      if (parsed?.success === true) return [[name, parsed.data]]
      if (value !== undefined) unusable.push(`${place}.${name}`)
      return usual[name] === undefined ? [] : [[name, usual[name]]]
    }),
  )
}

/** An instance that works without a setting of its own does not go with it. Names of other versions are left out. */
function parseInstance(entry: unknown): KnownInstance | null {
  const object = JsonObject.safeParse(entry)
  if (!object.success) return null
  const known = pick(object.data, Object.keys(KnownInstance.shape))
  const client = JsonObject.safeParse(known['client'])
  const settings = Object.entries(client.success ? client.data : {}).filter(
    ([name, value]) => ClientSettings.safeParse({ [name]: value }).success,
  )
  const parsed = KnownInstance.safeParse({ ...known, client: Object.fromEntries(settings) })
  return parsed.success ? parsed.data : null
}

/**
 * What stands in the file, with what differs between `before` and `after` written over it: names and values that this
 * version does not know stay, as do instances it cannot read.
 */
export function mergedKept(found: JsonObject, before: Kept, after: Kept): JsonObject {
  return {
    ...found,
    settings: mergedFields(found['settings'], before.settings, after.settings),
    bounds: mergedFields(found['bounds'], before.bounds, after.bounds),
    instances: mergedInstances(listOf(found['instances']), before, after),
  }
}

function mergedFields(found: unknown, before: object, after: object): JsonObject {
  const object = JsonObject.safeParse(found)
  const kept = object.success ? object.data : {}
  const old = JsonObject.parse(before)
  const changed = Object.entries(after).filter(
    ([name, value]) => !(name in kept) || JSON.stringify(value) !== JSON.stringify(old[name]),
  )
  const gone = new Set(Object.keys(before).filter((name) => !(name in after)))
  const rest = Object.entries(kept).filter(([name]) => !gone.has(name))
  return Object.fromEntries([...rest, ...changed])
}

function mergedInstances(found: readonly unknown[], before: Kept, after: Kept): readonly unknown[] {
  const entries = found.map((entry) => ({ entry, known: parseInstance(entry) }))
  const known = after.instances.map((instance) => {
    const old = before.instances.find(({ instanceId }) => instanceId === instance.instanceId)
    const inFile = entries.findLast((one) => one.known?.instanceId === instance.instanceId)
    if (old === undefined || inFile === undefined) return instance
    const client = mergedFields(JsonObject.parse(inFile.entry)['client'], old.client, instance.client)
    return { ...mergedFields(inFile.entry, { ...old, client: {} }, { ...instance, client: {} }), client }
  })
  return [...known, ...entries.flatMap((one) => (one.known === null ? [one.entry] : []))]
}

function listOf(found: unknown): readonly unknown[] {
  return Array.isArray(found) ? found : []
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)))
}
