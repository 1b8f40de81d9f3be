import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aChatId } from '../testing/builders.ts'
import {
  aimless,
  cameUp,
  chosen,
  confirmed,
  focused,
  joinHeld,
  meaningOfEnter,
  settleTime,
  touched,
  type Aim,
} from './aim.ts'

const kim = aChatId('kim')
const press = { isRepeat: false, heldKeys: '', hasText: true, at: 1_000 }

describe('what Enter means', () => {
  const ready = touched(chosen({ chatId: kim, heldKeys: '', at: 0 }), 500)
  const up = cameUp(kim, 900)

  it.each<[string, Aim, Partial<typeof press>, string]>([
    ['sends after something was typed', ready, {}, 'sends'],
    ['is ignored when it is held down', ready, { isRepeat: true }, 'ignored'],
    ['does not send a draft that was there before', focused(ready, 400), {}, 'explains'],
    ['is ignored right after the focus came', focused(ready, 910), {}, 'ignored'],
    ['is ignored right after another chat came up', up, {}, 'ignored'],
    ['continues with keys that are held', up, { heldKeys: 'so' }, 'continues'],
    ['continues once the agent had time to look', up, { at: 900 + settleTime }, 'continues'],
    ['does not send with the press that follows', confirmed(up, 950), {}, 'ignored'],
    ['sends what was confirmed, then', confirmed(up, 500), {}, 'sends'],
  ])('[L5] [G5] %s', (...[, aim, part, meaning]) => {
    expect(meaningOfEnter(aim, { ...press, ...part })).toBe(meaning)
  })

  it('[G5] keeps held keys when their chat is chosen again, until they are answered', () => {
    expect(chosen({ chatId: kim, heldKeys: 'so', at: 5 }).heldSince).toBe(5)
  })
})

/** An agent with three chats, keys tagged with whom they are meant for, and what each customer is sent. */
class Desk {
  readonly drafts = new Map<string, string>()
  readonly held = new Map<string, string>()
  readonly sent: { readonly to: string; readonly text: string; readonly isConfirmed: boolean }[] = []
  readonly confirmed = new Set<string>()
  aim = aimless
  meant: string | null = null
  now = 0

  type(): void {
    const { chatId } = this.aim
    if (chatId === null || this.meant === null) return
    const into = this.aim.heldSince === null ? this.drafts : this.held
    into.set(chatId, (into.get(chatId) ?? '') + this.meant)
    this.aim = touched(this.aim, this.now)
  }

  enter(isRepeat: boolean): void {
    const { chatId } = this.aim
    if (chatId === null) return
    const [text, heldKeys] = [this.drafts.get(chatId) ?? '', this.held.get(chatId) ?? '']
    const meaning = meaningOfEnter(this.aim, { isRepeat, heldKeys, hasText: text !== '', at: this.now })
    if (meaning === 'sends' && text !== '') {
      this.sent.push({ to: chatId, text, isConfirmed: this.confirmed.has(chatId) })
      this.confirmed.delete(chatId)
      this.drafts.set(chatId, '')
    }
    if (meaning !== 'continues') return
    if (heldKeys !== '') this.confirmed.add(chatId)
    this.drafts.set(chatId, joinHeld(text, heldKeys))
    this.held.delete(chatId)
    this.aim = confirmed(this.aim, this.now)
    this.meant = chatId
  }

  choose(chatId: string): void {
    this.aim = chosen({ chatId: aChatId(chatId), heldKeys: this.held.get(chatId) ?? '', at: this.now })
    this.meant = chatId
  }

  comeUp(chatId: string): void {
    this.aim = cameUp(aChatId(chatId), this.now)
  }
}

const chat = fc.constantFrom('a', 'b', 'c')
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.constant((desk: Desk) => desk.type()) },
  { weight: 3, arbitrary: fc.boolean().map((isRepeat) => (desk: Desk) => desk.enter(isRepeat)) },
  { weight: 2, arbitrary: chat.map((to) => (desk: Desk) => desk.choose(to)) },
  { weight: 2, arbitrary: chat.map((to) => (desk: Desk) => desk.comeUp(to)) },
  { weight: 1, arbitrary: fc.constant((desk: Desk) => (desk.aim = focused(desk.aim, desk.now))) },
)
const history = fc.array(fc.tuple(deed, fc.integer({ min: 1, max: 600 })), { minLength: 10, maxLength: 60 })

describe('who gets a key', () => {
  it('[L4] [L5] [G5] in no history does a customer get a key that was meant for another and not confirmed', () => {
    let sent = 0
    fc.assert(
      fc.property(history, (steps) => {
        const desk = new Desk()
        for (const [act, pause] of steps) {
          act(desk)
          desk.now += pause
        }
        sent += desk.sent.length
        for (const { to, text, isConfirmed } of desk.sent) {
          expect(isConfirmed || [...text].every((key) => key === to || key === ' ')).toBe(true)
        }
      }),
      { numRuns: 2_000, seed: 7 },
    )
    expect(sent).toBeGreaterThan(100)
  })

  it('[L5] an Enter that follows a switch at once sends nothing, whatever was done before', () => {
    fc.assert(
      fc.property(
        history,
        chat,
        fc.boolean(),
        fc.integer({ min: 0, max: 399 }),
        (...[steps, to, isAsked, pause]) => {
          const desk = new Desk()
          for (const [act, wait] of steps) {
            act(desk)
            desk.now += wait
          }
          if (isAsked) desk.choose(to)
          else desk.comeUp(to)
          const before = desk.sent.length
          desk.now += pause
          desk.enter(false)
          desk.enter(true)
          expect(desk.sent.length).toBe(before)
        },
      ),
      { numRuns: 500, seed: 8 },
    )
  })
})
