import { DeskError } from '#shared/failure.ts'
import {
  type Field,
  type InstanceDraft,
  type Issue,
  numberFields,
  type RateOperation,
  rateOperations,
  switchFields,
} from '#shared/instance-settings.ts'
import { readEndpoint, readRegion } from '../participant/instance-checks.ts'
import { type Authority, type ClientSettings, ProxySettings } from '../platform/client-settings.ts'
import { readNumber } from './draft-numbers.ts'
import { type NamedPlace, typedProxy } from './instance-draft.ts'
import { defaultClient } from './instance-client.ts'
import { tagOf, tokenInstance } from './instances.ts'

export interface DraftGround {
  /** Set already and, where a field is decided, to be kept as it is. */
  readonly own: ClientSettings
  readonly decided: ReadonlySet<Field>
  /** Undefined when nobody knows it any more. */
  readonly authority: (authorityId: string) => Authority | undefined
}

export interface ReadDraft {
  /** Null while region or endpoint cannot be read. */
  readonly place: NamedPlace | null
  /** What to keep: without decided fields of the draft, and without what is the default anyway. */
  readonly client: ClientSettings
  readonly issues: readonly Issue[]
}

const longestLabel = 120
const longestTag = 3

type Kept = { -readonly [Name in keyof ClientSettings]: ClientSettings[Name] }
type Tell = (field: Field, sentence: string) => void

/** What was typed, as it would be kept, and what is wrong with it. */
export function readDraft(draft: InstanceDraft, ground: DraftGround): ReadDraft {
  const issues: Issue[] = []
  const tell: Tell = (field, sentence) => issues.push({ field, sentence })
  const place = readPlace(draft, tell)
  const client: Kept = { ...ground.own }
  readNumbers(client, draft, { ground, tell })
  for (const field of switchFields) {
    if (ground.decided.has(field)) continue
    const value = draft.switches[field]
    put(client, field, value === defaultClient[field] ? undefined : value)
  }
  if (!ground.decided.has('proxyMode')) put(client, 'proxy', readProxy(draft, tell))
  if (!ground.decided.has('authorities')) put(client, 'authorities', readAuthorities(draft, ground, tell))
  put(client, 'rates', readRates(draft, ground, tell))
  return { place, client, issues }
}

interface Reading {
  readonly ground: DraftGround
  readonly tell: Tell
}

function readNumbers(client: Kept, draft: InstanceDraft, { ground, tell }: Reading): void {
  for (const field of numberFields) {
    if (ground.decided.has(field)) continue
    const read = readNumber(field, draft.texts[field])
    if (typeof read === 'string') tell(field, read)
    else put(client, field, read === defaultClient[field] ? undefined : read)
  }
}

function readPlace({ texts }: InstanceDraft, tell: Tell): NamedPlace | null {
  const label = texts.label.trim()
  const tag = texts.tag.trim()
  if (label.length > longestLabel) tell('label', `Type at most ${longestLabel} characters.`)
  if (Array.from(tag).length > longestTag) tell('tag', `Type at most ${longestTag} letters.`)
  const region = attempt(
    () => readRegion(texts.region),
    (sentence) => tell('region', sentence),
  )
  const endpoint = attempt(
    () => readEndpoint(texts.endpoint),
    (sentence) => tell('endpoint', sentence),
  )
  if (region === undefined || endpoint === undefined) return null
  const unnamed = tokenInstance(region, endpoint)
  return {
    label: label === '' ? unnamed.label : label,
    tag: tag === '' ? tagOf(region) : tag,
    region,
    endpoint,
  }
}

/** Undefined, and its sentence told, where it cannot be read. */
function attempt<T>(read: () => T, tell: (sentence: string) => void): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    tell(error.message)
    return undefined
  }
}

function readProxy(draft: InstanceDraft, tell: Tell): ProxySettings | undefined {
  const parsed = ProxySettings.safeParse(typedProxy(draft))
  if (parsed.success) return parsed.data.mode === 'system' ? undefined : parsed.data
  const [first] = parsed.error.issues
  tell(draft.proxyMode === 'pac' ? 'scriptUrl' : 'proxyUrl', first?.message ?? '')
  return undefined
}

function readAuthorities(
  { authorityIds }: InstanceDraft,
  { authority }: DraftGround,
  tell: Tell,
): readonly Authority[] | undefined {
  const found = authorityIds.map(authority).filter((known) => known !== undefined)
  if (found.length < authorityIds.length) {
    tell('authorities', 'One of the certificates is no longer known. Remove it and add its file again.')
  }
  return found.length === 0 ? undefined : found
}

function readRates(draft: InstanceDraft, { own, decided }: DraftGround, tell: Tell): ClientSettings['rates'] {
  const rates: { -readonly [Name in RateOperation]?: { rate: number; burst: number } } = {}
  for (const name of rateOperations) {
    const kept = own.rates?.[name]
    if (decided.has(`${name}.rate`)) {
      if (kept !== undefined) rates[name] = kept
      continue
    }
    const rate = readNumber(`${name}.rate`, draft.texts[`${name}.rate`])
    const burst = readNumber(`${name}.burst`, draft.texts[`${name}.burst`])
    if (typeof rate === 'string') tell(`${name}.rate`, rate)
    if (typeof burst === 'string') tell(`${name}.burst`, burst)
    if (typeof rate === 'string' || typeof burst === 'string') continue
    const usual = defaultClient.rates[name]
    if (rate !== usual.rate || burst !== usual.burst) rates[name] = { rate, burst }
  }
  return Object.keys(rates).length === 0 ? undefined : rates
}

/** What is not set is left out, so that a later version can have better defaults. */
function put<Name extends keyof ClientSettings>(client: Kept, name: Name, value: Kept[Name]): void {
  if (value === undefined) Reflect.deleteProperty(client, name)
  else client[name] = value
}
