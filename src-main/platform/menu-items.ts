import type { MessageChoice, MessageMenu } from '#shared/menu.ts'

/** An entry of a menu as a value: what it is called, and what it does. */
export type MenuItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'edit'; readonly role: EditRole; readonly label: string; readonly isEnabled: boolean }
  | { readonly kind: 'suggestion'; readonly word: string }
  | { readonly kind: 'learn'; readonly word: string }
  | { readonly kind: 'languages' }
  | { readonly kind: 'copy-address'; readonly url: string }
  | { readonly kind: 'copy-picture' }
  | { readonly kind: 'choice'; readonly choice: MessageChoice; readonly label: string }

export type EditRole = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll'

/** What the browser says of the place that was pointed at. */
export interface PointedAt {
  readonly isEditable: boolean
  readonly selectionText: string
  readonly linkURL: string
  readonly mediaType: string
  readonly misspelledWord: string
  readonly dictionarySuggestions: readonly string[]
  readonly editFlags: {
    readonly canUndo: boolean
    readonly canRedo: boolean
    readonly canCut: boolean
    readonly canCopy: boolean
    readonly canPaste: boolean
    readonly canSelectAll: boolean
  }
}

const line: MenuItem = { kind: 'line' }

/** The menu of any place in the page; empty where there is nothing to offer. */
export function itemsAt(place: PointedAt): readonly MenuItem[] {
  return place.isEditable ? fieldItems(place) : textItems(place)
}

function fieldItems({
  misspelledWord,
  dictionarySuggestions,
  editFlags: can,
}: PointedAt): readonly MenuItem[] {
  const spelling: readonly MenuItem[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.map((word): MenuItem => ({ kind: 'suggestion', word })),
          { kind: 'learn', word: misspelledWord },
          line,
        ]
  return [
    ...spelling,
    edit('undo', 'Undo', can.canUndo),
    edit('redo', 'Redo', can.canRedo),
    line,
    edit('cut', 'Cut', can.canCut),
    edit('copy', 'Copy', can.canCopy),
    edit('paste', 'Paste', can.canPaste),
    edit('selectAll', 'Select all', can.canSelectAll),
    line,
    { kind: 'languages' },
  ]
}

function textItems({ selectionText, linkURL, mediaType }: PointedAt): readonly MenuItem[] {
  const items: MenuItem[] = []
  if (selectionText.trim() !== '') items.push(edit('copy', 'Copy', true))
  if (linkURL !== '') items.push({ kind: 'copy-address', url: linkURL })
  if (mediaType === 'image') items.push({ kind: 'copy-picture' })
  return items
}

/** The menu of a message. */
export function itemsOf({ hasSelection, isLink, isPicture, canQuote }: MessageMenu): readonly MenuItem[] {
  const items: MenuItem[] = []
  if (hasSelection) items.push(edit('copy', 'Copy', true))
  if (isLink) items.push(choice('copy-link', 'Copy link'))
  if (isPicture) items.push({ kind: 'copy-picture' })
  if (items.length > 0) items.push(line)
  items.push(choice('copy-message', 'Copy message'), choice('copy-named', 'Copy with name and time'))
  if (canQuote) items.push(choice('quote', 'Quote'))
  return items
}

function edit(role: EditRole, label: string, isEnabled: boolean): MenuItem {
  return { kind: 'edit', role, label, isEnabled }
}

function choice(name: MessageChoice, label: string): MenuItem {
  return { kind: 'choice', choice: name, label }
}
