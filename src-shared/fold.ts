/** Letters that Unicode does not take apart into a plain one and an accent. */
const plainLetters = new Map(
  Object.entries({ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' }),
)

/** A text as somebody without these letters on the keyboard would look for it: small, without accents. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[łøđðıßæœþ]/gu, (letter) => plainLetters.get(letter) ?? letter)
}
