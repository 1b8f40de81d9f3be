import { pick } from './pick.ts'
import type { OpenLine, Shift } from './shift.ts'

/** What stood in messages and composer together, one sentence a line, and when the agent saw it so. */
interface Moment {
  readonly stream: string
  readonly at: number
}

export interface Typing {
  readonly line: OpenLine
  readonly sentences: readonly string[]
  readonly moments: readonly Moment[]
  readonly killedAt: number
}

const latest = new WeakMap<Shift, Typing>()

/** What was being typed when the app last ended, once. */
export function takeTyping(shift: Shift): Typing | null {
  const typing = latest.get(shift) ?? null
  latest.delete(shift)
  return typing
}

/** Types without a pause, sending some of it with Enter, and is ended in the middle of a word, at times gently. */
export async function typeUntilTheEnd(shift: Shift): Promise<void> {
  const { random, driver, profile } = shift
  const { page } = driver
  const line = pick(random, shift.open)
  const name = line.contact.customerName
  await page.getByRole('list', { name: 'Inbox' }).getByRole('button', { name }).click()
  const field = page.getByRole('textbox', { name: `Message to ${name}` })
  await field.fill('')
  await field.focus()
  const signal = random() < 0.25 && profile.knowsGentleEnds ? 'SIGTERM' : 'SIGKILL'
  const death = shift.dieIn(300 + random() * 2_500, signal)
  const moments: Moment[] = [{ stream: '', at: Date.now() }]
  const sentences: string[] = ['']
  while (!shift.isDead) {
    const sentence = sentences.at(-1) ?? ''
    const mayEnd = sentence.length > 5 && random() < 0.06
    const key = mayEnd ? 'Enter' : sentence.length % 6 === 5 ? ' ' : letter(random())
    if (mayEnd) sentences.push('')
    else sentences[sentences.length - 1] = sentence + key
    if ((await shift.answer(page.keyboard.press(key === ' ' ? 'Space' : key).then(() => key))) === null) break
    moments.push({ stream: streamOf(sentences), at: Date.now() })
    await new Promise((resolve) => setTimeout(resolve, random() * 60))
  }
  await death
  latest.set(shift, { line, sentences, moments, killedAt: shift.killedAt })
}

/** How much of what the agent had typed is gone, in milliseconds; Infinity where it came back as something else. */
export function typingLost(
  { sentences, moments, killedAt }: Typing,
  { delivered, draft }: { readonly delivered: readonly string[]; readonly draft: string },
): number {
  const sent = delivered.filter((text) => sentences.some((sentence) => sentence.trim() === text))
  const back = streamOf([...sent, draft])
  if (!streamOf(sentences).startsWith(back)) return Infinity
  const firstGone = moments.find(({ stream }) => stream.length > back.length)
  return firstGone === undefined ? 0 : killedAt - firstGone.at
}

/** A message leaves without the blanks around it. */
function streamOf(sentences: readonly string[]): string {
  return sentences
    .map((sentence, index) => (index === sentences.length - 1 ? sentence.trimEnd() : sentence.trim()))
    .filter((sentence) => sentence !== '')
    .join('\n')
}

function letter(part: number): string {
  return String.fromCodePoint(97 + Math.floor(part * 26))
}
