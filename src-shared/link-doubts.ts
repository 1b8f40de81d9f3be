/** The part of an address's parser that pages and main have in common. */
declare const URL: { new (text: string): Address; canParse: (text: string) => boolean }
export interface Address {
  readonly protocol: string
  readonly hostname: string
  readonly pathname: string
}

/** Why an agent should look before a link opens. */
export type LinkDoubt = 'unprotected' | 'other-place' | 'look-alike'

/**
 * What may be wrong with an address that is shown as this text. `address` is one that parses; the text is whatever
 * somebody wrote. Nothing is a doubt of its own: a doubt is a reason to show both.
 */
export function doubtsAbout(address: string, text: string): readonly LinkDoubt[] {
  const url = new URL(address)
  const host = hostOf(url)
  const doubts: LinkDoubt[] = []
  if (url.protocol === 'http:') doubts.push('unprotected')
  if (namesAnother(text, address, host)) doubts.push('other-place')
  if (host.split('.').some((label) => label.startsWith('xn--'))) doubts.push('look-alike')
  return doubts
}

/** As it is looked up: other letters than Latin ones as the code that they really are. */
export function hostOf(url: Address): string {
  if (url.protocol !== 'mailto:') return url.hostname
  return asciiHost(url.pathname.slice(url.pathname.lastIndexOf('@') + 1)) ?? ''
}

/** No longer than names can be: the work must not grow with the square of what somebody wrote. */
const label = '[\\p{L}\\p{N}\\p{M}_-]{1,63}'
const longestRead = 1_000
/** A host by itself, in an address or in a mail address, with all that follows it. */
const place = new RegExp(
  `(?:[a-z][a-z0-9+.-]{0,20}:[\\\\/]{1,3})?([^\\s@/?#<>()]{0,64}@)?(${label}(?:\\.${label})+)\\.?(?::\\d+)?(?:[/?#\\\\]\\S*)?`,
  'giu',
)
/** Drawn as nothing, or in another order than read. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}]/gu
const dots = /[\u3002\uFF0E\uFF61\u2024]/gu

/** A text too long to be looked through is not believed. */
function namesAnother(text: string, address: string, host: string): boolean {
  if (text === address) return false
  const url = new URL(address)
  return text.length > longestRead || namedIn(text).some((named) => !isSame(named, url, host))
}

interface Named {
  /** With its @, of a mail address. */
  readonly user: string
  readonly host: string
}

/** Every place that a reader would take the text to name. */
function namedIn(text: string): readonly Named[] {
  const read = text.replace(unseen, '').replace(dots, '.').normalize('NFKC')
  return [...read.matchAll(place)].flatMap(([, user = '', name = '']) => {
    // A number with a point in it is no place, four of them may be one.
    const last = name.slice(name.lastIndexOf('.') + 1)
    const isPlace = /^\p{L}./u.test(last) || /^\d+(?:\.\d+){3}$/.test(name)
    const host = isPlace ? asciiHost(name) : null
    return host === null ? [] : [{ user: user.toLowerCase(), host }]
  })
}

function isSame({ user, host }: Named, url: Address, target: string): boolean {
  if (withoutWww(host) !== withoutWww(target)) return false
  const isMail = url.protocol === 'mailto:'
  return user === '' || (isMail && url.pathname.toLowerCase().startsWith(user))
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '')
}

function asciiHost(name: string): string | null {
  const url = URL.canParse(`https://${name}`) ? new URL(`https://${name}`) : null
  return url === null ? null : url.hostname
}
