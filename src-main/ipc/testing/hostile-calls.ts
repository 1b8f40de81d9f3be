import fc from 'fast-check'
import { z } from 'zod'

export interface HostileCall {
  readonly name: unknown
  readonly input: unknown
}

type Specs = Readonly<Record<string, { readonly input: z.ZodType }>>

const evilTexts = [
  '__proto__',
  'constructor',
  'a'.repeat(70_000),
  '\u202Egnp.exe',
  '\uD800',
  'nul\u0000byte',
  '../../../../etc/passwd',
  '\\\\host\\share',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:secret@evil.example/',
]
const evilValues = fc.oneof(
  fc.constantFrom<unknown>(
    ...evilTexts,
    null,
    undefined,
    Number.NaN,
    -0,
    2 ** 53,
    Number.POSITIVE_INFINITY,
    1n,
    true,
    [],
    {},
    new Date(0),
    new Map([[1, 2]]),
    new Set([1]),
    /x/g,
    new Uint8Array(8),
    new Error('thrown'),
    JSON.parse('{"__proto__": {"polluted": true}}'),
    nested(1000),
    cyclic(),
    Array(10_000).fill('x'),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
)
const words = fc.constantFrom<unknown>(
  'chat-1',
  '',
  'x',
  'en',
  'https://alder.example/',
  'text/plain',
  true,
  0,
)

/** Calls as a page that was taken over makes them: nearly right, changed in one place, or nothing like it. */
export function hostileCall(specs: Specs): fc.Arbitrary<HostileCall> {
  const names = Object.keys(specs)
  const shaped = fc
    .constantFrom(...names)
    .chain((name) => fc.record({ name: fc.constant(name), input: shapedLike(specs[name]?.input) }))
  const odd = fc.record({
    name: fc.oneof(fc.constantFrom<unknown>(...names, 'toString', 'hasOwnProperty'), evilValues),
    input: fc.oneof(evilValues, fc.anything({ withMap: true, withSet: true, withBigInt: true })),
  })
  return fc.oneof({ weight: 3, arbitrary: shaped }, { weight: 2, arbitrary: odd })
}

/** The right keys with right and wrong values, with one left out or one too many. */
function shapedLike(schema: z.ZodType | undefined): fc.Arbitrary<unknown> {
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const value = fc.oneof(words, evilValues)
  const whole = fc
    .tuple(...keys.map(() => value))
    .map((values) => Object.fromEntries(keys.map((key, index) => [key, values[index]])))
  return fc.oneof(
    whole,
    fc
      .tuple(whole, fc.constantFrom(...keys, 'surprise', 'constructor'), value)
      .map(([object, key, other]) => ({ ...object, [key]: other })),
    evilValues,
  )
}

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level += 1) value = { value }
  return value
}

function cyclic(): unknown {
  const ring: Record<string, unknown> = {}
  ring['ring'] = ring
  return ring
}
