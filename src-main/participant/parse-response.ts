import { z } from 'zod'
import type { MessageBody } from '#shared/entry.ts'
import type { Field } from '#shared/template.ts'
import { readableWords } from '#shared/readable-words.ts'
import { readJson } from './read-json.ts'

const text = z.string().optional().catch(undefined)
const Envelope = z.looseObject({ action: text, data: z.unknown().optional() })
const Data = z.looseObject({
  actionName: text,
  referenceId: text,
  content: z.looseObject({ title: text, subtitle: text, referenceId: text }).optional().catch(undefined),
})
type Data = z.infer<typeof Data>

/** What a press on "Show more" carries for the flow's sake. None of it comes from the customer. */
const paging = ['actionName', 'preIndex', 'nextIndex', 'listId', 'templateType', 'referenceId']
/** Deeper than any form goes; beyond, the source says it better. */
const deepest = 6

/**
 * The customer's answer to a template: what was typed into a form, or a press on one of its buttons. Words typed while
 * a guide is open arrive in this form too, without an action, and are words like any other. Null when it is none.
 */
export function parseResponse(content: string): MessageBody | null {
  try {
    const outer = Envelope.safeParse(readJson(content))
    return outer.success ? bodyFrom(outer.data, content) : null
  } catch (error) {
    // Nested so deep that nothing can walk it.
    if (error instanceof RangeError) return null
    throw error
  }
}

const Choice = z.strictObject({
  templateIdentifier: z.string(),
  listTitle: z.string().optional(),
  selectionText: z.string(),
})

/** What the customer chose in a carousel: JSON in plain text. Null for any other text. */
export function parseChoice(content: string): MessageBody | null {
  if (!content.startsWith('{')) return null
  try {
    const choice = Choice.safeParse(JSON.parse(content))
    if (!choice.success) return null
    const { listTitle, selectionText } = choice.data
    const fields = [{ label: listTitle ?? '', value: selectionText }]
    const template = {
      type: 'Response',
      title: '',
      subtitle: null,
      referenceId: null,
      action: '',
      fields,
    } as const
    return { kind: 'template', template }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

function bodyFrom(outer: z.infer<typeof Envelope>, source: string): MessageBody {
  const action = (outer.action ?? '').trim()
  const typed = typedIn(outer.data)
  if (action === '' && typed !== null) return { kind: 'text', text: typed }
  const parsed = Data.safeParse(outer.data)
  const data = parsed.success ? parsed.data : {}
  // What neither the action nor the data says.
  const others = { ...outer, action: undefined, data: undefined }
  const more = readableWords(others, { words: new Set(), times: new Set(), numbers: false })
  const template = {
    type: 'Response',
    title: data.content?.title ?? '',
    subtitle: data.content?.subtitle ?? null,
    referenceId: data.referenceId ?? data.content?.referenceId ?? null,
    action: action === '' ? (data.actionName ?? '') : action,
    fields: fieldsOf(outer.data, data),
    ...(more.length > 0 && { more }),
  } as const
  return { kind: 'template', template, source }
}

function typedIn(data: unknown): string | null {
  if (typeof data === 'string') return data
  if (typeof data !== 'object' || data === null) return null
  const [only, ...others] = Object.entries(data)
  return others.length === 0 && only?.[0] === 'content' && typeof only[1] === 'string' ? only[1] : null
}

function fieldsOf(raw: unknown, { actionName }: Data | { actionName?: undefined }): Field[] {
  const fields: Field[] = []
  const isPaging = actionName !== undefined
  if (typeof raw !== 'object' || raw === null) {
    if (raw !== undefined && raw !== null) fields.push({ label: 'Answer', value: spelled(raw) })
    return fields
  }
  for (const [key, value] of Object.entries(raw)) {
    if (!isPaging || !paging.includes(key)) collect([key], value, fields)
  }
  return fields
}

function collect(path: readonly string[], value: unknown, fields: Field[]): void {
  const label = path.join(' › ')
  const isList = Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)
  if (typeof value !== 'object' || value === null) fields.push({ label, value: spelled(value) })
  else if (Object.keys(value).length === 0) fields.push({ label, value: '' })
  else if (isList) fields.push({ label, value: value.map(spelled).join(', ') })
  else if (path.length >= deepest) fields.push({ label, value: JSON.stringify(value) })
  else for (const [key, inner] of Object.entries(value)) collect([...path, key], inner, fields)
}

function spelled(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? '' : JSON.stringify(value)
}
