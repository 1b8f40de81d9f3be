import { shell } from 'electron'
import { DeskError } from '#shared/failure.ts'

const maxLength = 2048
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** What may leave for the system browser: https and bare mailto, re-serialised. Throws 'bad-input' otherwise. */
export function checkLink(text: string): string {
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
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hostname === '')
    throw refusal
  return url.href
}

/** The one door to the system browser. */
export async function openLink(text: string): Promise<void> {
  await shell.openExternal(checkLink(text))
}
