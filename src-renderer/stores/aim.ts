import type { ChatId } from '#shared/model.ts'

/** How long what has just moved or come up under the hand takes no press. */
export const settleTime = 400

/** Which customer the keys are meant for, and how sure that is. */
export interface Aim {
  readonly chatId: ChatId | null
  /** Since when the chat is there without having been asked for: keys are held. */
  readonly heldSince: number | null
  readonly focusedAt: number
  /** From when on Enter sends; null while nothing was typed or done here since the composer has the focus. */
  readonly readyAt: number | null
}

export const aimless: Aim = { chatId: null, heldSince: null, focusedAt: -Infinity, readyAt: null }

/** The agent chose this chat. Keys that are still held for it have to be answered all the same. */
export function chosen(to: { chatId: ChatId | null; heldKeys: string; at: number }): Aim {
  const isStillHeld = to.heldKeys !== ''
  return { chatId: to.chatId, heldSince: isStillHeld ? to.at : null, focusedAt: to.at, readyAt: null }
}

/** This chat came up by itself, or is still there although the agent meant to go on. */
export function cameUp(chatId: ChatId | null, at: number): Aim {
  return { chatId, heldSince: chatId === null ? null : at, focusedAt: at, readyAt: null }
}

export function focused(aim: Aim, at: number): Aim {
  return { ...aim, focusedAt: at, readyAt: null }
}

/** Something was typed, pasted, inserted or pressed in this very composer. */
export function touched(aim: Aim, at: number): Aim {
  return aim.heldSince !== null || aim.readyAt !== null ? aim : { ...aim, readyAt: at }
}

/** The agent said that the chat is the right one. The same key pressed again must not send at once. */
export function confirmed(aim: Aim, at: number): Aim {
  return { ...aim, heldSince: null, readyAt: at + settleTime }
}

export type EnterMeaning = 'sends' | 'continues' | 'explains' | 'ignored'

export interface EnterPress {
  readonly isRepeat: boolean
  readonly heldKeys: string
  readonly hasText: boolean
  readonly at: number
}

export function meaningOfEnter(aim: Aim, press: EnterPress): EnterMeaning {
  const { isRepeat, heldKeys, hasText, at } = press
  if (isRepeat) return 'ignored'
  if (aim.heldSince !== null) {
    // With nothing typed, an Enter right after the switch was meant for what was there before.
    return heldKeys !== '' || at - aim.heldSince >= settleTime ? 'continues' : 'ignored'
  }
  if (aim.readyAt === null) return hasText && at - aim.focusedAt >= settleTime ? 'explains' : 'ignored'
  return at >= aim.readyAt ? 'sends' : 'ignored'
}

/** Held keys go behind what was written before. */
export function joinHeld(draft: string, heldKeys: string): string {
  if (draft === '' || heldKeys === '') return draft + heldKeys
  return /\s$/u.test(draft) || /^\s/u.test(heldKeys) ? draft + heldKeys : `${draft} ${heldKeys}`
}
