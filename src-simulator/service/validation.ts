import type { z } from 'zod'
import { invalid } from './service-error.ts'

/** Reads a request as the service does; throws a ValidationException in its wording. */
export function readRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const given = withoutNulls(body)
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const complaints = parsed.error.issues.map((issue) => complaintAbout(issue, valueAt(given, issue.path)))
  const counted = complaints.length === 1 ? '1 validation error' : `${complaints.length} validation errors`
  throw invalid(`${counted} detected: ${complaints.join('; ')}`)
}

function complaintAbout(issue: z.core.$ZodIssue, value: unknown): string {
  const shown = value === undefined ? ' null' : typeof value === 'string' ? ` '${value.slice(0, 200)}'` : ''
  const name = issue.path.map((part) => lowerFirst(String(part))).join('.')
  return `Value${shown} at '${name}' failed to satisfy constraint: ${constraintOf(issue, value)}`
}

function constraintOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'Member must not be null'
  if (issue.code === 'too_small')
    return `Member must have ${measureOf(issue.origin)} greater than or equal to ${issue.minimum}`
  if (issue.code === 'too_big')
    return `Member must have ${measureOf(issue.origin)} less than or equal to ${issue.maximum}`
  if (issue.code === 'invalid_value')
    return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`
  return issue.code === 'invalid_type' ? `Member must be a ${issue.expected}` : 'Member is not valid'
}

const measureOf = (origin: string): string => (origin === 'string' || origin === 'array' ? 'length' : 'value')

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body
  for (const part of path) {
    if (!isRecord(value)) return undefined
    value = value[String(part)]
  }
  return value
}

/** A null field means the same as a missing one. */
function withoutNulls(value: unknown): unknown {
  if (!isRecord(value) || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
