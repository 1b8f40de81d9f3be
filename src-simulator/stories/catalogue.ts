import type { Script } from '../customers/script.ts'
import { addressChange } from './address-change.ts'
import { crackedLeg } from './cracked-leg.ts'
import { doubleCharge } from './double-charge.ts'
import { longLetter } from './long-letter.ts'
import { missedDelivery } from './missed-delivery.ts'
import { missingSlot } from './missing-slot.ts'
import { warrantyQuestion } from './warranty-question.ts'
import { wrongColour } from './wrong-colour.ts'

/** Who comes, and how many seconds after the start. */
export type Arrival = Readonly<{ script: Script; afterSeconds: number }>

export const scripts: readonly Script[] = [
  crackedLeg,
  missedDelivery,
  doubleCharge,
  wrongColour,
  longLetter,
  addressChange,
  warrantyQuestion,
  missingSlot,
]

/** Three people are there when the shift begins; the others come while the agent is busy. */
const busyMorning: readonly Arrival[] = [
  { script: crackedLeg, afterSeconds: 0 },
  { script: missedDelivery, afterSeconds: 0 },
  { script: doubleCharge, afterSeconds: 0 },
  { script: wrongColour, afterSeconds: 20 },
  { script: longLetter, afterSeconds: 45 },
  { script: addressChange, afterSeconds: 75 },
  { script: warrantyQuestion, afterSeconds: 110 },
  { script: missingSlot, afterSeconds: 150 },
]

/** Everybody at once: for a demonstration, a screenshot or a test of many chats. */
const fullHouse: readonly Arrival[] = scripts.map((script) => ({ script, afterSeconds: 0 }))

const stories = new Map<string, readonly Arrival[]>([
  ['busy-morning', busyMorning],
  ['full-house', fullHouse],
  ...scripts.map((script): [string, readonly Arrival[]] => [script.name, [{ script, afterSeconds: 0 }]]),
])

export const storyNames: readonly string[] = [...stories.keys()]

export const findStory = (name: string): readonly Arrival[] | undefined => stories.get(name)
