import {
  type Field,
  fields,
  type InstanceDraft,
  type NumberField,
  numberFields,
  type RateField,
  rateOperations,
  type SwitchField,
  switchFields,
  type TextField,
} from '#shared/instance-settings.ts'
import type { ClientSettings, ProxySettings } from '../platform/client-settings.ts'
import { textOf } from './draft-numbers.ts'
import { defaultClient, type InstanceClient } from './instance-client.ts'
import type { InstanceOptions } from './instances.ts'

/** The name and the place of an instance, as typed. */
export type NamedPlace = Pick<InstanceOptions, 'label' | 'tag' | 'region' | 'endpoint'>

const nowhere: NamedPlace = { label: '', tag: '', region: '', endpoint: null }

export function draftOf(
  { label, tag, region, endpoint }: NamedPlace,
  client: InstanceClient,
  authorityIds: readonly string[],
): InstanceDraft {
  const { proxy } = client
  const numbers: Record<NumberField, string> = record(numberFields, (field) => textOf(field, client[field]))
  return {
    texts: {
      label,
      tag,
      region,
      endpoint: endpoint ?? '',
      proxyUrl: proxy.mode === 'manual' ? proxy.url : '',
      scriptUrl: proxy.mode === 'pac' ? proxy.url : '',
      exceptions: proxy.mode === 'manual' ? proxy.bypass.join(' ') : '',
      ...numbers,
      ...rateTexts(client.rates),
    },
    switches: record(switchFields, (field) => client[field]),
    proxyMode: proxy.mode,
    authorityIds,
  }
}

/** What each field is when nobody sets it. */
export const defaultDraft: InstanceDraft = draftOf(nowhere, defaultClient, [])

const proxyFields = ['proxyMode', 'proxyUrl', 'scriptUrl', 'exceptions'] as const satisfies readonly Field[]

/** The fields that these layers decide. */
export function decidedFields(layers: readonly ClientSettings[]): ReadonlySet<Field> {
  return new Set(fields.filter((field) => layers.some((layer) => decides(layer, field))))
}

function decides(layer: ClientSettings, field: Field): boolean {
  if (proxyFields.some((part) => part === field)) return layer.proxy !== undefined
  if (isOption(field)) return layer[field] !== undefined
  const operation = rateOperations.find((name) => field === `${name}.rate` || field === `${name}.burst`)
  return operation !== undefined && layer.rates?.[operation] !== undefined
}

function isOption(field: Field): field is NumberField | SwitchField | 'authorities' {
  const options: readonly Field[] = [...numberFields, ...switchFields, 'authorities']
  return options.includes(field)
}

function rateTexts(rates: InstanceClient['rates']): Record<RateField, string> {
  const pairs = rateOperations.flatMap((name): readonly [RateField, string][] => [
    [`${name}.rate`, textOf(`${name}.rate`, rates[name].rate)],
    [`${name}.burst`, textOf(`${name}.burst`, rates[name].burst)],
  ])
  const found = new Map(pairs)
  return record([...found.keys()], (field) => found.get(field) ?? '')
}

/** The proxy as typed; whether it can be one is for its schema to say. */
export function typedProxy({ texts, proxyMode }: InstanceDraft): unknown {
  const bypass = texts.exceptions.split(/[\s,;]+/).filter((rule) => rule !== '')
  const urls: Readonly<Record<ProxySettings['mode'], object>> = {
    system: {},
    none: {},
    pac: { url: texts.scriptUrl.trim() },
    manual: { url: texts.proxyUrl.trim(), bypass },
  }
  return { mode: proxyMode, ...urls[proxyMode] }
}

function record<K extends TextField | SwitchField, V>(
  keys: readonly K[],
  valueOf: (key: K) => V,
): Record<K, V> {
  // The keys are all there: that is what the list of them is.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- see above
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>
}
