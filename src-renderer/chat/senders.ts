import { isPlaceholder } from '#shared/customer-name.ts'
import type { Sender } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'

export type Named = Pick<Chat, 'customer' | 'knownAs'>

/** Services name agents by opaque ids; those say nothing to anyone. */
const opaque = /^[\w+/=:-]{20,}$/u

/** Somebody who has another name by now is shown as they were called when they spoke. */
export function senderName(sender: Sender, { customer, knownAs }: Named): string {
  if (sender.own) return 'You'
  const name = sender.name === null || opaque.test(sender.name) ? null : sender.name
  switch (sender.role) {
    case 'customer':
      return name === null || isPlaceholder(name) || name === (knownAs ?? customer) ? customer : name
    case 'agent':
      return name ?? 'Another agent'
    case 'supervisor':
      return name ?? 'Supervisor'
    case 'bot':
      return name === null || /^bot$/iu.test(name) ? 'Assistant' : name
    case 'system':
      return name ?? 'System'
  }
}

/** A word beside the name, where the name does not say what the sender is. */
export function senderKind(sender: Sender): string | null {
  if (sender.role === 'bot') return 'Bot'
  return sender.role === 'supervisor' && sender.name !== null ? 'Supervisor' : null
}
