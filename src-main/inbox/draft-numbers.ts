import {
  type NumberField,
  numberFields,
  type RateField,
  rateFields,
  type TextField,
} from '#shared/instance-settings.ts'
import { clientRanges, highestRate } from '../platform/client-settings.ts'

/** How a number is typed: `scale` is how much of what is kept makes one of what is shown. */
interface NumberShape {
  readonly scale: number
  readonly isWhole: boolean
  /** As kept. */
  readonly min: number
  readonly max: number
  /** What is accepted, for a person. */
  readonly sentence: string
}

const second = 1000
const megabyte = 1024 * 1024
/** So many that every byte and millisecond has a text of its own. */
const decimals = 7

const seconds = (field: NumberField): NumberShape => {
  const { min, max } = clientRanges[field]
  const sentence = `Type a number of seconds from ${min / second} to ${max / second}.`
  return { scale: second, isWhole: false, min, max, sentence }
}

const whole = (min: number, max: number): NumberShape => {
  const sentence =
    max > 1_000_000 ? `Type a whole number, ${min} or more.` : `Type a whole number from ${min} to ${max}.`
  return { scale: 1, isWhole: true, min, max, sentence }
}

const count = (field: NumberField): NumberShape => whole(clientRanges[field].min, clientRanges[field].max)

const shapes: Readonly<Record<NumberField, NumberShape>> = {
  connectionTimeout: seconds('connectionTimeout'),
  requestTimeout: seconds('requestTimeout'),
  attempts: count('attempts'),
  backoffBase: seconds('backoffBase'),
  backoffCap: seconds('backoffCap'),
  messageCharacters: count('messageCharacters'),
  fileBytes: {
    scale: megabyte,
    isWhole: false,
    ...clientRanges.fileBytes,
    sentence: 'Type a number of megabytes above 0.',
  },
  filesPerChat: count('filesPerChat'),
}

const rateShape: NumberShape = {
  scale: 1,
  isWhole: false,
  min: Number.MIN_VALUE,
  max: highestRate,
  sentence: `Type a number above 0, at most ${highestRate}.`,
}
const burstShape = whole(1, highestRate)

const byField: ReadonlyMap<TextField, NumberShape> = new Map([
  ...numberFields.map((field) => [field, shapes[field]] as const),
  ...rateFields.map((field) => [field, field.endsWith('.rate') ? rateShape : burstShape] as const),
])

export function textOf(field: NumberField | RateField, kept: number): string {
  const shown = kept / shapeOf(field).scale
  // Not by String alone, which writes what is very small with an exponent.
  return Number.isInteger(shown)
    ? String(shown)
    : shown.toFixed(decimals).replace(/0+$/, '').replace(/\.$/, '')
}

/** As kept, or the sentence that says what is accepted. */
export function readNumber(field: NumberField | RateField, typed: string): number | string {
  const { scale, isWhole, min, max, sentence } = shapeOf(field)
  const text = typed.trim().replace(',', '.')
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) return sentence
  const shown = Number(text)
  if (isWhole && !Number.isInteger(shown)) return sentence
  const kept = scale === 1 ? shown : Math.round(shown * scale)
  return kept >= min && kept <= max ? kept : sentence
}

function shapeOf(field: NumberField | RateField): NumberShape {
  const shape = byField.get(field)
  if (shape === undefined) throw new Error(`No number is called ${field}.`)
  return shape
}
