import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { ChatId } from '#shared/model.ts'
import { aimless, cameUp, chosen, confirmed, focused, touched, type Aim } from './aim.ts'

/** Somebody whose last key is younger is typing. */
const stillTyping = 2_000

/** Whom the keys are for, and what was typed while that was not sure. */
export const useKeyAim = defineStore('key-aim', () => {
  const aim = shallowRef<Aim>(aimless)
  /** Typed while a chat was in front that the agent did not ask for; in no draft yet. */
  const heldKeys = shallowReactive(new Map<ChatId, string>())
  const held = computed(() => heldFor(aim.value.chatId))
  const isHeld = computed(() => aim.value.heldSince !== null)
  let acts = 0
  let lastKeyAt = -Infinity

  function heldFor(chatId: ChatId | null): string {
    return chatId === null ? '' : (heldKeys.get(chatId) ?? '')
  }

  function choose(chatId: ChatId | null): void {
    aim.value = chosen({ chatId, heldKeys: heldFor(chatId), at: performance.now() })
  }

  function comeUp(chatId: ChatId | null): void {
    aim.value = cameUp(chatId, performance.now())
  }

  /** A chat takes an empty place: that surprises only somebody who is typing. */
  function arrive(chatId: ChatId): void {
    if (performance.now() - lastKeyAt < stillTyping) comeUp(chatId)
    else choose(chatId)
  }

  /** Asked for when the count of acts was this; what the agent did since was meant for something else. */
  function comeLate(chatId: ChatId, actsThen: number): void {
    if (actsThen === acts) choose(chatId)
    else comeUp(chatId)
  }

  function noteAct(kind: 'key' | 'pointer'): void {
    acts += 1
    if (kind === 'key') lastKeyAt = performance.now()
  }

  function countActs(): number {
    return acts
  }

  function focus(): void {
    aim.value = focused(aim.value, performance.now())
  }

  function touch(): void {
    aim.value = touched(aim.value, performance.now())
  }

  function confirm(): void {
    if (aim.value.chatId !== null) heldKeys.delete(aim.value.chatId)
    aim.value = confirmed(aim.value, performance.now())
  }

  function hold(chatId: ChatId, keys: string): void {
    if (keys === '') heldKeys.delete(chatId)
    else heldKeys.set(chatId, keys)
  }

  /** Held keys go with their chat. */
  function follow(chats: ReadonlyMap<ChatId, unknown>): void {
    for (const chatId of heldKeys.keys()) if (!chats.has(chatId)) heldKeys.delete(chatId)
  }

  return {
    aim,
    held,
    isHeld,
    heldKeys,
    heldFor,
    choose,
    comeUp,
    arrive,
    comeLate,
    noteAct,
    countActs,
    focus,
    touch,
    confirm,
    hold,
    follow,
  }
})
