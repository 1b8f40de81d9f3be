import type { FaultKind, FaultSpec } from '#simulator/faults/faults.ts'
import { faultKinds } from '#simulator/faults/faults.ts'
import type { SwitchChange } from '#simulator/switches.ts'

export const activities = ['sending', 'receiving', 'idle'] as const
export type Activity = (typeof activities)[number]

/** How a kind of fault is brought about so that a chat feels it. */
export interface FaultPlan {
  readonly name: string
  readonly faults: readonly FaultSpec[]
  readonly switches?: SwitchChange
  /** Milliseconds until all of it is taken back. */
  readonly lasts: number
  /** The chat has to notice by itself: it dials again, and only then, or when this time is up, the fault is taken back. */
  readonly isNoticed?: boolean
  /** Files are exchanged as well, and this is what becomes of the agent's. */
  readonly file?: string
  /** What is true of the chat in the end; 'live' when nothing is said. */
  readonly end?: 'rejected'
}

const dropped: FaultSpec = { kind: 'drop-sockets' }

/** At least one plan for every kind: a kind that is new to the simulator does not compile before it is covered. */
const plans: Readonly<Record<FaultKind, readonly FaultPlan[]>> = {
  'drop-sockets': [
    { name: 'drop-sockets', faults: [{ kind: 'drop-sockets', durationMs: 1500 }], lasts: 1500 },
    { name: 'drop-sockets, closed politely', faults: [{ kind: 'drop-sockets', status: 1001 }], lasts: 300 },
  ],
  'refuse-connections': [
    { name: 'refuse-connections', faults: [{ kind: 'refuse-connections' }, dropped], lasts: 2000 },
    {
      name: 'refuse-connections, sockets spared',
      faults: [{ kind: 'refuse-connections' }],
      lasts: 1500,
    },
  ],
  'half-open': [
    { name: 'half-open', faults: [{ kind: 'half-open' }], lasts: 25_000, isNoticed: true },
    {
      name: 'half-open, new sockets too',
      faults: [{ kind: 'half-open', operation: 'WebSocket' }, dropped],
      lasts: 6000,
    },
  ],
  'mute-heartbeat': [{ name: 'mute-heartbeat', faults: [{ kind: 'mute-heartbeat' }], lasts: 14_000 }],
  'ping-500': [{ name: 'ping-500', faults: [{ kind: 'ping-500' }], lasts: 34_000, isNoticed: true }],
  'http-error': [
    { name: 'http-error 500', faults: [{ kind: 'http-error' }, dropped], lasts: 2000 },
    { name: 'http-error 429', faults: [{ kind: 'http-error', status: 429 }, dropped], lasts: 2000 },
  ],
  'html-503': [{ name: 'html-503', faults: [{ kind: 'html-503' }, dropped], lasts: 2000 }],
  gateway: [
    { name: 'gateway 403', faults: [{ kind: 'gateway' }, dropped], lasts: 2500 },
    { name: 'gateway 302', faults: [{ kind: 'gateway', status: 302, body: 'empty' }, dropped], lasts: 2500 },
    { name: 'gateway 200', faults: [{ kind: 'gateway', status: 200 }, dropped], lasts: 2500 },
    { name: 'gateway 400 in JSON', faults: [{ kind: 'gateway', status: 400, body: 'json' }], lasts: 2500 },
  ],
  'refuse-agent-sockets': [
    { name: 'refuse-agent-sockets', faults: [{ kind: 'refuse-agent-sockets' }, dropped], lasts: 2000 },
  ],
  'omit-agent-sockets': [
    { name: 'omit-agent-sockets', faults: [{ kind: 'omit-agent-sockets' }, dropped], lasts: 2000 },
  ],
  hang: [{ name: 'hang', faults: [{ kind: 'hang', durationMs: 2500 }, dropped], lasts: 2500 }],
  slow: [{ name: 'slow', faults: [{ kind: 'slow', durationMs: 900 }, dropped], lasts: 3000 }],
  'lose-response': [
    { name: 'lose-response', faults: [{ kind: 'lose-response', count: 4 }, dropped], lasts: 2000 },
    {
      name: 'lose-response, sockets spared',
      faults: [{ kind: 'lose-response', operation: 'SendMessage', count: 4 }],
      lasts: 2000,
    },
  ],
  'duplicate-frames': [{ name: 'duplicate-frames', faults: [{ kind: 'duplicate-frames' }], lasts: 1500 }],
  'reorder-frames': [{ name: 'reorder-frames', faults: [{ kind: 'reorder-frames' }], lasts: 1500 }],
  'echo-before-response': [
    { name: 'echo-before-response', faults: [{ kind: 'echo-before-response' }], lasts: 1500 },
  ],
  'missing-fields': [{ name: 'missing-fields', faults: [{ kind: 'missing-fields' }], lasts: 2000 }],
  'unknown-types': [{ name: 'unknown-types', faults: [{ kind: 'unknown-types' }], lasts: 1500 }],
  'silent-subscription': [
    {
      name: 'silent-subscription',
      faults: [{ kind: 'silent-subscription' }],
      // An audit finds what was kept back.
      lasts: 15_000,
    },
  ],
  'stuck-pager': [{ name: 'stuck-pager', faults: [{ kind: 'stuck-pager', count: 2 }, dropped], lasts: 1500 }],
  'omit-transcript': [
    { name: 'omit-transcript', faults: [{ kind: 'omit-transcript' }, dropped], lasts: 1500 },
  ],
  'omit-initial-contact-id': [
    { name: 'omit-initial-contact-id', faults: [{ kind: 'omit-initial-contact-id' }, dropped], lasts: 1500 },
  ],
  'incomplete-items': [
    { name: 'incomplete-items', faults: [{ kind: 'incomplete-items' }, dropped], lasts: 1500 },
  ],
  'unreadable-frames': [{ name: 'unreadable-frames', faults: [{ kind: 'unreadable-frames' }], lasts: 2000 }],
  'forbidden-frame': [
    { name: 'forbidden-frame', faults: [{ kind: 'forbidden-frame', count: 3 }], lasts: 2000 },
  ],
  'expire-token': [
    { name: 'expire-token', faults: [{ kind: 'expire-token' }], lasts: 1000 },
    { name: 'expire-token, sockets dropped', faults: [{ kind: 'expire-token' }, dropped], lasts: 1000 },
    {
      name: 'expire-token, for good',
      faults: [{ kind: 'expire-token', operation: 'CreateParticipantConnection' }, dropped],
      lasts: 1000,
      end: 'rejected',
    },
  ],
  'expire-socket-url': [
    {
      name: 'expire-socket-url',
      faults: [{ kind: 'expire-socket-url', count: 2 }, dropped],
      lasts: 1500,
    },
  ],
  'storage-403': [
    {
      name: 'storage-403',
      faults: [{ kind: 'storage-403' }],
      lasts: 1500,
      file: 'APPROVED after 1 completion',
    },
  ],
  'storage-cut': [
    {
      name: 'storage-cut',
      faults: [{ kind: 'storage-cut', count: 2 }],
      lasts: 1500,
      file: 'APPROVED after 1 completion',
    },
  ],
  'reject-attachments': [
    {
      name: 'reject-attachments',
      faults: [{ kind: 'reject-attachments' }],
      lasts: 1500,
      file: 'REJECTED after 1 completion, no bytes',
    },
  ],
  throttle: [{ name: 'throttle', faults: [{ kind: 'throttle' }, dropped], lasts: 4000 }],
  'clock-skew': [
    { name: 'clock-skew', faults: [{ kind: 'clock-skew', durationMs: 86_400_000 }, dropped], lasts: 1500 },
    {
      name: 'clock-skew, behind',
      faults: [{ kind: 'clock-skew', durationMs: -86_400_000 }, dropped],
      lasts: 1500,
    },
  ],
}

export interface Cell {
  readonly kind: FaultKind
  readonly plan: FaultPlan
  readonly activity: Activity
}

/** Every kind of fault, while the agent sends, while the customer writes, and while nothing happens. */
export const cells: readonly Cell[] = faultKinds.flatMap((kind) =>
  plans[kind].flatMap((plan) => activities.map((activity) => ({ kind, plan, activity }))),
)
