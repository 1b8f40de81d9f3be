import type { Trial } from './operation-trial.ts'
import { sentenceOf } from './operations-table.ts'

const states: ReadonlySet<string> = new Set([
  'joined',
  'live',
  'connecting again',
  'catching up',
  'ended (left)',
  'ended (rejected)',
  'sending',
  'sent',
  'finishing',
  'at the service',
  'delivered',
  'told',
  'left out',
  'saved',
  'shown',
  'address given',
  'cancelled',
  'given up',
  'failed',
])

/** Where there is nothing to read because nothing is lost. */
const silent: ReadonlySet<string> = new Set([
  'joined',
  'told',
  'left out',
  'saved',
  'address given',
  'cancelled',
])
const needsReason: ReadonlySet<string> = new Set(['given up', 'failed'])

const technical =
  /\b(http|status|exception|undefined|null|timeout|econn\w*|epipe|client|operation|request failed|\d{3})\b|[{}<>]/i
/** Two sentences or more. */
const whole = /^[A-Z][^.]*(\. [A-Z][^.]*)+\.$/

/** What others have called by a name, and may call as they like: hosts, files, and the words of the service. */
const names: readonly (readonly [RegExp | string, string])[] = [
  ['chat.example', 'The service'],
  ['bill.txt', 'The file'],
  [/a gateway \([^)]*\)/, 'a gateway'],
  [/: The (request is not valid|resource was not found)\./, '.'],
]

/** What is wrong with how a deed ends, in the eyes of an agent. Null when nothing is. */
export function complaintAbout(trial: Trial): string | null {
  const { state } = trial
  const reads = sentenceOf(trial)
  if (!states.has(state)) return `"${state}" is no state that anybody knows.`
  if (reads.trim() === '') return `Nobody says that it is ${state}.`
  if (reads.startsWith('(')) return silent.has(state) ? null : `Nobody says that it is ${state}.`
  const own = names.reduce((text, [name, instead]) => text.replace(name, instead), reads)
  if (technical.test(own)) return `"${reads}" is technical.`
  if (needsReason.has(state) && !whole.test(own))
    return `"${reads}" does not say what happened and what to do.`
  return null
}
