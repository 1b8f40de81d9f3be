const hues = 8

/** The colour of a contact, 1 to 8, the same for its whole life and after a restart. */
export function hueOf(contact: string): number {
  let hash = 0
  for (const character of contact) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return (hash % hues) + 1
}
