import { lineBreak } from '#shared/characters.ts'

// What moves a cursor, turns a direction or shows nothing must be seen.
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff]/gu
/** Letters and marks that can turn the direction of a line. */
const rightToLeft =
  /[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Text of unknown origin on one line of its own: it cannot end the line, hide anything or turn what is around it. */
export function oneLine(text: string): string {
  return isolate(text.split(lineBreak).map(showUnseen).join('<line break>'))
}

/** The same for text that may have several lines. Never empty. */
export function severalLines(text: string): readonly string[] {
  return text.split(lineBreak).map((line) => isolate(showUnseen(line)))
}

function showUnseen(text: string): string {
  return text.replaceAll(
    unseen,
    (one) => `<U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  )
}

/** Between a first-strong isolate and its end, where there is anything to isolate. */
function isolate(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text
}
