// Control, bidirectional, invisible and half characters: they make a name read as another than it is.
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff]/gu

/** A name without anything that cannot be seen. */
export function withoutHidden(name: string): string {
  return name.normalize('NFC').replaceAll(hidden, '')
}

/** A file's name as it is shown: it reads as it is, and blanks cannot push its ending out of sight. */
export function shownName(name: string): string {
  return withoutHidden(name).replace(/\s+/gu, ' ').trim() || 'File without a name'
}
