import { pick } from './pick.ts'
import type { OpenLine, Shift } from './shift.ts'
import { typeUntilTheEnd } from './typing.ts'

// What an agent is in the middle of when the app is killed. Each resolves once it has been.

export type Act = 'first start' | 'joining' | 'busy' | 'typing' | 'signing out'

const acts: Readonly<Record<Act, (shift: Shift) => Promise<void>>> = {
  'first start': firstStart,
  joining,
  busy,
  typing: typeUntilTheEnd,
  'signing out': signingOut,
}

export function play(act: Act, shift: Shift): Promise<void> {
  return acts[act](shift)
}

const chats = 3
const stagedWithin = 30_000

async function firstStart({ profile, random }: Shift): Promise<void> {
  await profile.startFor(random() * 5_000)
}

async function joining(shift: Shift): Promise<void> {
  const { random, simulator } = shift
  if (random() < 0.5) simulator.faults.add({ kind: 'slow', durationMs: random() * 500, count: chats })
  const death = shift.dieIn(random() * 1_500)
  const joins = Array.from({ length: chats }, async (_, index) => {
    const line = shift.addLine(`Customer ${String(index + 1)}`)
    await pass(random() * 300)
    if (!shift.isDead) line.chatId = await shift.answer(shift.driver.join(line.contact, simulator.endpoint))
  })
  const theme = random() < 0.5 ? 'dark' : 'light'
  const change = await shift.answer(shift.driver.request('settings.change', { theme }).then(() => 'done'))
  shift.theme = change === null ? null : theme
  await Promise.all(joins)
  await death
  simulator.faults.clear()
}

/** Sends, receives and uploads, then is killed in the middle of it. */
async function busy(shift: Shift): Promise<void> {
  const { random, simulator } = shift
  const open: Promise<unknown>[] = []
  if (random() < 0.5) simulator.faults.add({ kind: 'slow', durationMs: 150, count: 5 })
  await sendStaged(shift)
  if (random() < 0.4) await sendFile(shift, pick(random, shift.open))
  if (random() < 0.3) await stage(shift, pick(random, shift.open))
  const death = shift.dieIn(100 + random() * 1_200)
  while (!shift.isDead) {
    const line = pick(random, shift.open)
    if (random() < 0.5) line.contact.say(`Customer line ${String(random())}`)
    else open.push(send(shift, line))
    await pass(random() * 30)
  }
  await Promise.all(open)
  await death
  simulator.faults.clear()
  // The next start finds something to catch up with, and is not quick to get it.
  for (const { contact } of shift.open) contact.say(`Said while closed ${String(random())}`)
  const durationMs = random() * 2_000
  simulator.faults.add({ kind: 'slow', operation: 'GetTranscript', durationMs, count: chats })
}

async function send(shift: Shift, { chatId, typed }: OpenLine): Promise<void> {
  const text = `Agent line ${String(shift.random())}`
  const message = { chatId, text, contentType: 'text/plain' }
  if ((await shift.answer(shift.driver.request('chat.send', message))) !== null) typed.push(text)
}

/** Resolves once the upload is journaled; storage is slow, so that the end may fall into the middle of it. */
async function sendFile(shift: Shift, line: OpenLine): Promise<void> {
  const durationMs = shift.random() * 1_500
  shift.simulator.faults.add({ kind: 'slow', operation: 'PutObject', durationMs, count: 1 })
  await stage(shift, line)
  await sendTray(shift, line)
}

/** What was left in the tray by the last end goes out. */
async function sendStaged(shift: Shift): Promise<void> {
  for (const line of shift.open) if (line.staged.size > 0) await sendTray(shift, line)
}

async function sendTray(shift: Shift, { chatId, staged }: OpenLine): Promise<void> {
  await shift.driver.request('upload.send', { chatId, uploadIds: [...staged] })
  shift.filesSent += staged.size
  staged.clear()
}

async function stage(shift: Shift, { contact, chatId, staged }: OpenLine): Promise<void> {
  const { page } = shift.driver
  await page.getByRole('list', { name: 'Inbox' }).getByRole('button', { name: contact.customerName }).click()
  // Until it is on screen, the input is that of the chat before.
  await page.getByRole('log', { name: contact.customerName }).waitFor()
  await page.locator('input[type=file]').setInputFiles(shift.file)
  const until = Date.now() + stagedWithin
  while (Date.now() < until) {
    const { uploads } = await shift.driver.snapshot()
    const found = uploads.filter((one) => one.chatId === chatId && one.state.phase === 'staged')
    const news = found.filter(({ uploadId }) => !staged.has(uploadId))
    for (const { uploadId } of news) staged.add(uploadId)
    if (news.length > 0) return
    await pass(20)
  }
  throw new Error(`The file was not staged within ${String(stagedWithin)} ms.`)
}

async function signingOut(shift: Shift): Promise<void> {
  const death = shift.dieIn(shift.random() * 1_600)
  const answer = await shift.answer(shift.driver.request('desk.sign-out').then(() => 'done'))
  await death
  shift.signOut = { wasDone: answer !== null, leftTokens: await shift.profile.holdsTokens() }
}

function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
