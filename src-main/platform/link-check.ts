import { DeskError } from '#shared/failure.ts'
import { doubtsAbout } from '#shared/link-doubts.ts'

const maxLength = 2048
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/
/** Nothing that a mail program could take for a switch, a header or an attachment. */
const plainMail =
  /^mailto:[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9_])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i

export interface WantedLink {
  readonly url: string
  /** The words it was shown as. */
  readonly text: string
  /** The agent was shown both, and what speaks against it. */
  readonly isConfirmed: boolean
}

/** What may leave for the system browser: web addresses, doubtful ones once confirmed, and bare mailto, re-serialised. Throws 'bad-input'. */
export function checkLink({ url: address, text, isConfirmed }: WantedLink): string {
  const refusal = new DeskError(
    'bad-input',
    'This link is not a plain web or mail address, so it was not opened.',
  )
  if (address.length > maxLength || controls.test(address)) throw refusal
  const url = URL.parse(address)
  if (url === null) throw refusal
  const isMail = url.protocol === 'mailto:' && plainMail.test(url.href)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isMail && (!isWeb || url.username !== '' || url.password !== '' || url.hostname === '')) throw refusal
  if (!isConfirmed && doubtsAbout(url.href, text).length > 0) throw refusal
  return url.href
}
