/** What services and forms put where nobody gave a name. */
const nobody = new Set(
  `anonymous anon caller chat client cliente contact customer guest gast invitado invitada invité kunde kundin n/a
  name new none null online sms test undefined unknown unbekannt user usuario visitor web website whatsapp
  facebook messenger instagram telegram عميل ضيف`.split(/\s+/u),
)
const titles = new Set(
  `capt capitán col dame det dipl dr dra don doña eng fr frau fru gen herr hon imam ing judge lady lord lt m madam
  madame maître me miss mlle mme mr mrs ms mx pastor prof professor profesor profesora rabbi rev señor señora señorita sgt
  sheikh sir sr sra srta sister`.split(/\s+/u),
)
/** Behind a comma these belong to the name before it. */
const suffixes = new Set('jr sr ii iii iv phd md mba esq cpa rn dds dvm msc bsc ba ma llb llm'.split(' '))
const firms = new Set(
  'ag bv co company corp corporation gmbh inc kg limited llc llp ltd oy plc pty sa sarl sas srl team support'.split(
    ' ',
  ),
)

/**
 * The name by which this customer can be greeted; null when it is not one: "Customer", a telephone number, an address,
 * an initial, a title with a family name behind it. Better a hole to fill in than "Hello +44,".
 */
export function usableFirstName(customer: string): string | null {
  const shown = customer.normalize('NFC').replace(/\p{Cf}/gu, '')
  const [family = '', ...given] = shown.split(/[,،，]/u)
  const behind = given.find((part) => wordsOf(part).some((word) => !suffixes.has(plain(word))))
  const words = wordsOf(behind ?? family)
  const untitled = words.filter((word) => !titles.has(plain(word)))
  const isTitled = untitled.length < words.length
  const [first] = untitled
  if (first === undefined || (isTitled && untitled.length === 1 && behind === undefined)) return null
  if (wordsOf(shown).some((word) => nobody.has(plain(word)) || firms.has(plain(word)))) return null
  return isName(first) ? first : null
}

/** The same in sentences about the customer, where the whole name will do instead. */
export function firstName(customer: string): string {
  return usableFirstName(customer) ?? customer.trim()
}

/** Without signs around them, pictures, and what stands in brackets. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/\([^)]*\)|\[[^\]]*\]|"[^"]*"/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}+@]+|[^\p{L}\p{M}\p{N}.]+$/gu, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
}

function plain(word: string): string {
  return word.toLowerCase().replace(/\.$/u, '')
}

/** Letters, joined as names are; more than one, and no initial. */
function isName(word: string): boolean {
  if (!/^\p{L}[\p{L}\p{M}]*(?:['’`-]\p{L}[\p{L}\p{M}]*)*$/u.test(word)) return false
  return (word.match(/\p{L}/gu)?.length ?? 0) > 1
}
