/** Marks, embeddings, overrides and isolates: they turn what stands around them and show nothing themselves. */
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** A name inside a sentence that is plain text: it turns nothing outside of it. In elements, `<bdi>` does this. */
export function isolated(name: string): string {
  const plain = name.replace(controls, '')
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain
}
