import type { Entry, MessageEntry } from '#shared/entry.ts'
import type { Choice, Template } from '#shared/template.ts'

/** The customer answers a list with a plain message that repeats the choice. */
export interface Answer {
  readonly title: string
  readonly at: number
}

export function findAnswers(entries: readonly Entry[]): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>()
  let open: { id: string; titles: ReadonlySet<string> } | null = null
  for (const entry of entries) {
    if (entry.kind !== 'message') continue
    const template = templateOf(entry)
    const titles = template === null ? [] : choicesOf(template).map(({ title }) => title)
    if (titles.length > 0) open = { id: entry.id, titles: new Set(titles) }
    else if (open !== null && entry.sender.role === 'customer') {
      const text = entry.body.kind === 'text' ? entry.body.text.trim() : ''
      if (open.titles.has(text)) answers.set(open.id, { title: text, at: entry.at })
      open = null
    }
  }
  return answers
}

/** Ids of lists that a later one with the same reference stands in for. */
export function replacedLists(entries: readonly Entry[]): ReadonlySet<string> {
  const latest = new Map<string, string>()
  const replaced = new Set<string>()
  for (const entry of entries) {
    const template = entry.kind === 'message' ? templateOf(entry) : null
    if (template === null || template.referenceId === null || template.type === 'Response') continue
    const earlier = latest.get(template.referenceId)
    if (earlier !== undefined) replaced.add(earlier)
    latest.set(template.referenceId, entry.id)
  }
  return replaced
}

export function choicesOf(template: Template): readonly Choice[] {
  switch (template.type) {
    case 'ListPicker':
    case 'Panel':
    case 'QuickReply':
      return template.choices
    case 'Carousel':
      return template.cards.flatMap((card) => card.choices)
    case 'TimePicker':
    case 'ViewResource':
    case 'Response':
    case 'Unknown':
      return []
  }
}

function templateOf(entry: MessageEntry): Template | null {
  return entry.body.kind === 'template' ? entry.body.template : null
}
