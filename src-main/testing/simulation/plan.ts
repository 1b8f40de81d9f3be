import fc from 'fast-check'
import { type GatewayPlace, gatewayPlaces, type SocketDenial, socketDenials } from './simulated-network.ts'

/** How the world is, for the whole of one run. */
export interface Conditions {
  readonly seed: number
  readonly history: number
  readonly pageSize: number
  readonly startIsInclusive: boolean
  readonly startIdsRefused: boolean
  readonly knowsOwnId: boolean
  readonly tokenRetention: number
  readonly connectionLife: number
  readonly tokenLife: number
  readonly slowest: number
  readonly clientSkew: number
  readonly graceAfterEnd: number
}

/** What happens next. `after` counts from the action before. */
export type Action = { readonly after: number } & (
  | { readonly do: 'customer-says'; readonly count: number }
  | { readonly do: 'agent-sends'; readonly count: number; readonly same: boolean }
  | { readonly do: 'agent-uploads' }
  | { readonly do: 'customer-reads' }
  | { readonly do: 'agent-sees' }
  | { readonly do: 'drop-sockets' }
  | { readonly do: 'half-open' }
  | {
      readonly do: 'outage'
      readonly kind: 'refused' | 'silent'
      readonly lasting: number
      readonly told: boolean
    }
  | { readonly do: 'errors'; readonly status: 429 | 500 | 503; readonly lasting: number }
  | { readonly do: 'gateway'; readonly inFrontOf: GatewayPlace; readonly lasting: number }
  | { readonly do: 'no-sockets'; readonly how: SocketDenial; readonly lasting: number }
  | { readonly do: 'lose-responses'; readonly count: number }
  | { readonly do: 'hang-responses'; readonly count: number }
  | { readonly do: 'hold-requests'; readonly count: number; readonly heldFor: number }
  | { readonly do: 'duplicate-frames'; readonly lasting: number }
  | { readonly do: 'reorder-frames'; readonly lasting: number }
  | { readonly do: 'lose-frames'; readonly count: number }
  | { readonly do: 'mute-sockets'; readonly lasting: number }
  | { readonly do: 'stick-pages'; readonly how: 'repeat' | 'empty'; readonly count: number }
  | { readonly do: 'refuse-once' }
  | { readonly do: 'crash'; readonly downFor: number; readonly kept: number }
  | { readonly do: 'sleep'; readonly lasting: number; readonly told: boolean }
  | { readonly do: 'jump-clock'; readonly by: number }
  | { readonly do: 'fill-disk'; readonly lasting: number }
  | { readonly do: 'transfer-note' }
  | { readonly do: 'end' }
)

export interface Plan {
  readonly conditions: Conditions
  readonly actions: readonly Action[]
}

const conditions: fc.Arbitrary<Conditions> = fc.record({
  seed: fc.nat(),
  history: fc.constantFrom(0, 0, 1, 7, 25),
  pageSize: fc.constantFrom(2, 5, 100),
  startIsInclusive: fc.boolean(),
  startIdsRefused: fc.constantFrom(false, false, false, true),
  knowsOwnId: fc.boolean(),
  tokenRetention: fc.constantFrom(61_000, 90_000, 86_400_000),
  connectionLife: fc.constantFrom(12_000, 45_000, 3_960_000),
  tokenLife: fc.constantFrom(90_000, 86_400_000),
  slowest: fc.constantFrom(20, 200, 900),
  clientSkew: fc.constantFrom(0, 0, -86_400_000, 3_600_000),
  graceAfterEnd: fc.constantFrom(86_400_000, 86_400_000, 0),
})

const lasting = fc.constantFrom(300, 1500, 4000, 12_000, 35_000, 75_000)
const few = fc.integer({ min: 1, max: 4 })

function action<K extends Action['do']>(
  kind: K,
  rest: {
    [P in Exclude<keyof Extract<Action, { do: K }>, 'do' | 'after'>]: fc.Arbitrary<
      Extract<Action, { do: K }>[P]
    >
  },
): fc.Arbitrary<Action> {
  const after = fc.constantFrom(0, 3, 80, 400, 1500, 6000, 20_000)
  return fc.record({ after, do: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Action>
}

const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 7, arbitrary: action('agent-sends', { count: few, same: fc.constantFrom(false, false, true) }) },
  { weight: 6, arbitrary: action('customer-says', { count: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: action('agent-uploads', {}) },
  { weight: 1, arbitrary: action('customer-reads', {}) },
  { weight: 1, arbitrary: action('agent-sees', {}) },
  { weight: 3, arbitrary: action('drop-sockets', {}) },
  { weight: 2, arbitrary: action('half-open', {}) },
  {
    weight: 3,
    arbitrary: action('outage', { kind: fc.constantFrom('refused', 'silent'), lasting, told: fc.boolean() }),
  },
  { weight: 2, arbitrary: action('errors', { status: fc.constantFrom(429, 500, 503), lasting }) },
  { weight: 2, arbitrary: action('gateway', { inFrontOf: fc.constantFrom(...gatewayPlaces), lasting }) },
  { weight: 2, arbitrary: action('no-sockets', { how: fc.constantFrom(...socketDenials), lasting }) },
  { weight: 3, arbitrary: action('lose-responses', { count: few }) },
  { weight: 1, arbitrary: action('hang-responses', { count: few }) },
  {
    weight: 2,
    arbitrary: action('hold-requests', { count: few, heldFor: fc.constantFrom(2000, 8000, 30_000) }),
  },
  { weight: 1, arbitrary: action('duplicate-frames', { lasting }) },
  { weight: 2, arbitrary: action('reorder-frames', { lasting }) },
  { weight: 1, arbitrary: action('lose-frames', { count: few }) },
  { weight: 2, arbitrary: action('mute-sockets', { lasting }) },
  {
    weight: 2,
    arbitrary: action('stick-pages', {
      how: fc.constantFrom('repeat', 'empty'),
      count: fc.constantFrom(1, 2, 12),
    }),
  },
  { weight: 1, arbitrary: action('refuse-once', {}) },
  {
    weight: 3,
    arbitrary: action('crash', { downFor: fc.constantFrom(10, 3000, 70_000, 130_000), kept: fc.nat(20) }),
  },
  {
    weight: 1,
    arbitrary: action('sleep', { lasting: fc.constantFrom(8000, 70_000, 7_200_000), told: fc.boolean() }),
  },
  { weight: 1, arbitrary: action('jump-clock', { by: fc.constantFrom(-7_200_000, 40_000, 86_400_000) }) },
  { weight: 1, arbitrary: action('fill-disk', { lasting }) },
  { weight: 1, arbitrary: action('transfer-note', {}) },
  { weight: 1, arbitrary: action('end', {}) },
)

export const plans: fc.Arbitrary<Plan> = fc.record({
  conditions,
  actions: fc.array(actions, { minLength: 3, maxLength: 18 }),
})
