import { DeskError } from '#shared/failure.ts'

const maxLength = 2048
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

export interface WantedLink {
  readonly url: string
  /** The agent was shown the host and that nothing protects the way there. */
  readonly isConfirmed: boolean
}

/** What may leave for the system browser: https, http once confirmed, and bare mailto, re-serialised. Throws 'bad-input'. */
export function checkLink({ url: text, isConfirmed }: WantedLink): string {
  const refusal = new DeskError(
    'bad-input',
    'This link is not a plain web or mail address, so it was not opened.',
  )
  if (text.length > maxLength || controls.test(text)) throw refusal
  const url = URL.parse(text)
  if (url === null) throw refusal
  if (url.protocol === 'mailto:') {
    if (!/^[^?@\s]+@[^?@\s]+$/.test(url.pathname) || url.search !== '') throw refusal
    return url.href
  }
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && isConfirmed)
  if (!isWeb || url.username !== '' || url.password !== '' || url.hostname === '') throw refusal
  return url.href
}
