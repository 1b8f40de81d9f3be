import { fold } from '#shared/fold.ts'
import type { Chat } from '#shared/model.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { matchScore } from '../ui/match.ts'

export type PaletteItem =
  | { readonly kind: 'chat'; readonly id: string; readonly title: string; readonly chat: Chat }
  | {
      readonly kind: 'command'
      readonly id: string
      readonly title: string
      readonly icon: IconName
      readonly keys: string | null
      readonly run: () => void
    }

export interface PaletteSection {
  readonly title: string
  readonly items: readonly PaletteItem[]
}

/** Chats first, then commands, the best matches first. ">" asks for commands only. */
export function searchPalette(items: readonly PaletteItem[], query: string): readonly PaletteSection[] {
  const isCommandsOnly = query.trimStart().startsWith('>')
  const wanted = wantedText(query)
  const scored = items
    .filter((item) => !isCommandsOnly || item.kind === 'command')
    .map((item) => ({ item, score: scoreOf(item, wanted) }))
    .filter((entry): entry is { item: PaletteItem; score: number } => entry.score !== null)
    .sort((a, b) => a.score - b.score)
    .map(({ item }) => item)
  const sections = [
    { title: 'Chats', items: scored.filter(({ kind }) => kind === 'chat') },
    { title: 'Commands', items: scored.filter(({ kind }) => kind === 'command') },
  ]
  return sections.filter((section) => section.items.length > 0)
}

export function wantedText(query: string): string {
  return query.trim().replace(/^>\s*/u, '')
}

/** What is known of a customer is looked at as well, behind the names. */
function scoreOf(item: PaletteItem, wanted: string): number | null {
  const score = matchScore(item.title, wanted)
  if (score !== null || item.kind === 'command' || wanted === '') return score
  return knownOf(item.chat).some((text) => fold(text).includes(fold(wanted))) ? 4 : null
}

function knownOf({ attributes, contactId, queue }: Chat): readonly string[] {
  return [...attributes.map(({ value }) => value), contactId ?? '', queue ?? '']
}
