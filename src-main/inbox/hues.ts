import type { Chat } from '#shared/model.ts'

const hues = 12

type Beside = Pick<Chat, 'hue' | 'link'>

/** All that are in the inbox; where that is too many for twelve colours, those of live chats. */
function takenHues(chats: readonly Beside[]): readonly number[] {
  const used = new Set(chats.map(({ hue }) => hue))
  const shown = used.size < hues ? chats : chats.filter(({ link }) => link.phase !== 'ended')
  return shown.map(({ hue }) => hue)
}

/** The colour of a contact, 1 to 12, the same for its whole life: its own by its name, unless somebody open has that. */
export function hueOf(contact: string, beside: readonly Beside[]): number {
  const taken = takenHues(beside)
  let hash = 0
  for (const character of contact) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  const wanted = Array.from({ length: hues }, (_, step) => ((hash + step) % hues) + 1)
  return wanted.find((hue) => !taken.includes(hue)) ?? (hash % hues) + 1
}
