import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import { seededRandom } from '#simulator/random.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { Driver } from './driver.ts'
import { pick } from './pick.ts'
import { add, isSpotless, judge, spotless, type Verdict } from './verdict.ts'

// npm run crash -- --kills N [--seed N]: kills the real app with SIGKILL at seeded moments while it sends, receives
// and uploads, starts it again on the same profile and compares with what the service knows. Needs a keychain, since
// without one nothing is kept: run through scripts/with-keyring.sh.

interface Line {
  readonly contact: ContactHandle
  readonly chatId: string
  /** Accepted by the app: its promise was kept before the kill. */
  readonly typed: string[]
}

const chats = 3
const settleWithin = 30_000
/** The end of a conversation that surely fits the window. */
const mostOnScreen = 5

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
})
const random = seededRandom(Number(values.seed))
const kills = Number(values.kills)
const profile = await mkdtemp(path.join(tmpdir(), 'parley-crash-'))
// Nothing leaves from the profile itself.
const folder = await mkdtemp(path.join(tmpdir(), 'parley-crash-files-'))
const upload = path.join(folder, 'photo.png')
await writeFile(upload, tinyPicture())
const simulator = await startSimulator()
let driver = await start()
let sum = spotless
let failures = 0
let stuckUploads = 0
let filesSent = 0
let notDrawn = 0
try {
  const lines = await joinAll()
  for (let kill = 1; kill <= kills; kill += 1) {
    await burden(lines, 100 + random() * 1_200)
    driver = await start()
    const verdict = await settle(lines)
    stuckUploads += await countStuckUploads()
    for (const line of await openFirst(lines)) if (!(await isDrawn(line))) notDrawn += 1
    sum = add(spotless, verdict)
    if (!isSpotless(verdict)) failures += 1
    console.log(
      `kill ${String(kill)} of ${String(kills)}: ${isSpotless(verdict) ? 'whole' : JSON.stringify(verdict)}`,
    )
  }
  // Completing again under the same token is how a kill in between is made good; two files would not be.
  const items = lines.flatMap(({ contact }) => contact.truth().transcript)
  const arrived = items.flatMap(({ Attachments = [] }) => Attachments.map(({ AttachmentId }) => AttachmentId))
  const filesTwice = arrived.length - Math.min(filesSent, new Set(arrived).size)
  const filesLost = Math.max(0, filesSent - new Set(arrived).size)
  console.table({
    kills,
    seed: Number(values.seed),
    failures,
    ...sum,
    filesSent,
    filesLost,
    filesTwice,
    stuckUploads,
    notDrawn,
  })
  process.exitCode = failures + notDrawn + filesLost + filesTwice + stuckUploads === 0 ? 0 : 1
} finally {
  process.kill(driver.processId, 'SIGKILL')
  await simulator.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  await rm(folder, { recursive: true, force: true })
}

function start(): Promise<Driver> {
  const store = '--password-store=gnome-libsecret'
  return Driver.start([`--user-data-dir=${profile}`, `--endpoint=${simulator.endpoint}`, store])
}

async function joinAll(): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (let index = 0; index < chats; index += 1) {
    const contact = simulator.contact({ customerName: `Customer ${String(index + 1)}` })
    lines.push({ contact, chatId: await driver.join(contact, simulator.endpoint), typed: [] })
  }
  return lines
}

/** Sends, receives and uploads until the time is up, then kills in the middle of it. */
async function burden(lines: readonly Line[], milliseconds: number): Promise<void> {
  const open: Promise<unknown>[] = []
  if (random() < 0.5) simulator.faults.add({ kind: 'slow', durationMs: 150, count: 5 })
  if (random() < 0.4) await sendFile(pick(random, lines))
  const until = Date.now() + milliseconds
  while (Date.now() < until) {
    const line = pick(random, lines)
    if (random() < 0.5) line.contact.say(`Customer line ${String(random())}`)
    else open.push(type(line, `Agent line ${String(random())}`).catch(() => undefined))
    await new Promise((resolve) => setTimeout(resolve, random() * 30))
  }
  process.kill(driver.processId, 'SIGKILL')
  await Promise.all(open)
  await driver.close()
  simulator.faults.clear()
  // The next start finds something to catch up with, and is not quick to get it.
  for (const { contact } of lines) contact.say(`Said while closed ${String(random())}`)
  simulator.faults.add({
    kind: 'slow',
    operation: 'GetTranscript',
    durationMs: random() * 2_000,
    count: chats,
  })
}

async function type(line: Line, text: string): Promise<void> {
  await driver.request('chat.send', { chatId: line.chatId, text, contentType: 'text/plain' })
  line.typed.push(text)
}

/** Resolves once the upload is journaled; storage is slow, so that the kill may fall into the middle of it. */
async function sendFile({ contact, chatId }: Line): Promise<void> {
  const { page } = driver
  simulator.faults.add({ kind: 'slow', operation: 'PutObject', durationMs: random() * 1_500, count: 1 })
  await page.getByRole('list', { name: 'Inbox' }).getByRole('button', { name: contact.customerName }).click()
  // Until it is on screen, the input is that of the chat before.
  await page.getByRole('log', { name: contact.customerName }).waitFor()
  await page.locator('input[type=file]').setInputFiles(upload)
  const uploadIds = await staged(chatId)
  await driver.request('upload.send', { chatId, uploadIds })
  filesSent += uploadIds.length
}

async function staged(chatId: string): Promise<readonly string[]> {
  const until = Date.now() + settleWithin
  while (Date.now() < until) {
    const snapshot = (await driver.request('desk.snapshot')) as {
      uploads: { uploadId: string; chatId: string; state: { phase: string } }[]
    }
    const found = snapshot.uploads.filter((one) => one.chatId === chatId && one.state.phase === 'staged')
    if (found.length > 0) return found.map(({ uploadId }) => uploadId)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`The file was not staged within ${String(settleWithin)} ms.`)
}

async function settle(lines: readonly Line[]): Promise<Verdict> {
  const until = Date.now() + settleWithin
  let verdict = await judgeAll(lines)
  while (!isSpotless(verdict) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    verdict = await judgeAll(lines)
  }
  return verdict
}

async function judgeAll(lines: readonly Line[]): Promise<Verdict> {
  let verdict = spotless
  for (const { contact, chatId, typed } of lines) {
    verdict = add(verdict, judge(contact, await driver.entries(chatId), typed))
  }
  return verdict
}

/** The conversation that came back on screen is looked at before a click opens another anew. */
async function openFirst(lines: readonly Line[]): Promise<readonly Line[]> {
  const name = await driver.page.getByRole('log').first().getAttribute('aria-label')
  const isOpen = ({ contact }: Line): boolean => name?.endsWith(contact.customerName) === true
  return [...lines.filter(isOpen), ...lines.filter((line) => !isOpen(line))]
}

/** What the agent sees ends as the conversation does. */
async function isDrawn({ contact }: Line): Promise<boolean> {
  const { page } = driver
  const said = contact.truth().transcript.filter(({ Type }) => Type === 'MESSAGE')
  const last = said.slice(-mostOnScreen).map(({ Content = '' }) => Content)
  await page.getByRole('list', { name: 'Inbox' }).getByRole('button', { name: contact.customerName }).click()
  const log = page.getByRole('log', { name: contact.customerName })
  const until = Date.now() + settleWithin
  while (Date.now() < until) {
    // A chat with a backlog opens at its first unread message; the end is one press away.
    const latest = page.getByRole('button', { name: /^Latest/ })
    if (await latest.isVisible().catch(() => false))
      await latest.click({ timeout: 1_000 }).catch(() => undefined)
    const drawn = await log.innerText().catch(() => '')
    const places = last.map((text) => drawn.indexOf(text))
    if (places.every((place, index) => place > (places[index - 1] ?? -1))) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  console.log(`not drawn for ${contact.customerName}`, { last, drawn: await log.innerText().catch(String) })
  return false
}

/** After a restart an upload goes on or has failed in words; none may hang. */
async function countStuckUploads(): Promise<number> {
  const until = Date.now() + settleWithin
  const moving = async (): Promise<number> => {
    const snapshot = (await driver.request('desk.snapshot')) as { uploads: { state: { phase: string } }[] }
    return snapshot.uploads.filter(({ state }) => ['waiting', 'sending', 'completing'].includes(state.phase))
      .length
  }
  let count = await moving()
  while (count > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    count = await moving()
  }
  return count
}

/** One grey pixel. */
function tinyPicture(): Buffer {
  const base64 =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='
  return Buffer.from(base64, 'base64')
}
