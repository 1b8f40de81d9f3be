import type { Driver, Shown } from './driver.ts'
import type { Line, OpenLine, Shift } from './shift.ts'
import { takeTyping, typingLost } from './typing.ts'
import { add, isSpotless, judge, spotless, type Verdict } from './verdict.ts'

/** What one start found of what the app had shown as kept. All zero but the first is the promise. */
export interface Findings {
  readonly typingLostMs: number
  readonly chatsLost: number
  readonly draftsLost: number
  readonly stagedLost: number
  readonly settingsLost: number
  /** Told that something was lost or damaged. */
  readonly alarms: number
  /** A sign-out that was said to be done and is not, or that is half done. */
  readonly signOutsUndone: number
  readonly stuckUploads: number
  readonly notDrawn: number
}

export const nothingFound: Findings = {
  typingLostMs: 0,
  chatsLost: 0,
  draftsLost: 0,
  stagedLost: 0,
  settingsLost: 0,
  alarms: 0,
  signOutsUndone: 0,
  stuckUploads: 0,
  notDrawn: 0,
}

export const mostTypingLostMs = 400

export function isWhole({ typingLostMs, ...counts }: Findings): boolean {
  return typingLostMs <= mostTypingLostMs && Object.values(counts).every((count) => count === 0)
}

export function together(a: Findings, b: Findings): Findings {
  const names = Object.keys(a) as (keyof Findings)[]
  const sums = Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Findings
  return { ...sums, typingLostMs: Math.max(a.typingLostMs, b.typingLostMs) }
}

const settleWithin = 30_000
/** The end of a conversation that surely fits the window. */
const mostOnScreen = 5

export interface Inspection {
  readonly verdict: Verdict
  readonly findings: Findings
}

/** Looks at everything that the app was to keep, after it has started again. */
export async function inspect(shift: Shift): Promise<Inspection> {
  const shown = await shift.driver.snapshot()
  const start = {
    ...nothingFound,
    ...alarmsIn(shown),
    settingsLost: shown.settings.theme === (shift.theme ?? shown.settings.theme) ? 0 : 1,
  }
  shift.theme = shown.settings.theme
  if (shift.signOut !== null) {
    const undone = isSignOutUndone(shift.signOut, shown, shift.lines) ? 1 : 0
    return { verdict: spotless, findings: { ...start, signOutsUndone: undone } }
  }
  const chatsLost = await findChats(shift, shown)
  const stagedLost = shift.open.reduce((sum, line) => sum + stagedLostOf(line, shown), 0)
  // The conversation that came back on screen is looked at before a click opens another anew.
  const order = await openFirst(shift)
  const verdict = await settle(shift)
  let [draftsLost, notDrawn, typingLostMs] = [0, 0, 0]
  const typing = takeTyping(shift)
  for (const line of order) {
    if (!(await isDrawn(shift.driver, line))) notDrawn += 1
    const draft = await composerOf(shift.driver, line)
    if (typing?.line === line) {
      typingLostMs = typingLost(typing, { delivered: deliveredOf(line), draft })
      console.log(`typed ${String(typing.moments.length)} keys, lost ${String(typingLostMs)} ms`)
    } else if (draft !== line.draft) draftsLost += 1
    line.draft = draft
  }
  const stuckUploads = await countStuckUploads(shift.driver)
  return {
    verdict,
    findings: { ...start, chatsLost, stagedLost, draftsLost, notDrawn, typingLostMs, stuckUploads },
  }
}

/** Whatever the agent is told of is told because something is not there. */
function alarmsIn({ notices, custody }: Shown): Pick<Findings, 'alarms'> {
  const alarms = notices.filter(({ level, noticeId }) => level === 'alert' || noticeId === 'vault-mended')
  if (custody.mode !== 'sealed') console.log('custody', custody)
  for (const { noticeId, title } of alarms) console.log(`told ${noticeId}: ${title}`)
  return { alarms: alarms.length + (custody.mode === 'sealed' ? 0 : 1) }
}

function isSignOutUndone(
  { wasDone, leftTokens }: { readonly wasDone: boolean; readonly leftTokens: boolean },
  { chats }: Shown,
  lines: readonly Line[],
): boolean {
  if (wasDone) return chats.length > 0 || leftTokens
  return chats.length > 0 && (chats.length < lines.length || !leftTokens)
}

/** A chat that the app had said is there has to be; one that it was still joining may be there, once. */
async function findChats({ driver, lines, simulator }: Shift, { chats }: Shown): Promise<number> {
  let lost = 0
  for (const line of lines) {
    const found = chats.filter(({ customer }) => customer === line.contact.customerName)
    const isThere = found.length === 1 && (line.chatId === null || found[0]?.chatId === line.chatId)
    if (found.length > 1 || (line.chatId !== null && !isThere)) lost += 1
    line.chatId = found[0]?.chatId ?? (await driver.join(line.contact, simulator.endpoint))
    if (!(await isLive(driver, line.chatId))) lost += 1
  }
  return lost
}

function isLive(driver: Driver, chatId: string): Promise<boolean> {
  return comesTrue(async () => {
    const chat = (await driver.chats()).find((one) => one.chatId === chatId)
    return chat?.link.phase === 'live'
  })
}

function stagedLostOf({ staged }: OpenLine, { uploads }: Shown): number {
  const there = new Set(
    uploads.filter(({ state }) => state.phase === 'staged').map(({ uploadId }) => uploadId),
  )
  const lost = [...staged].filter((uploadId) => !there.has(uploadId))
  for (const uploadId of lost) staged.delete(uploadId)
  return lost.length
}

async function settle(shift: Shift): Promise<Verdict> {
  let verdict = await judgeAll(shift)
  await comesTrue(async () => {
    verdict = await judgeAll(shift)
    return isSpotless(verdict)
  })
  return verdict
}

async function judgeAll({ driver, open }: Shift): Promise<Verdict> {
  let verdict = spotless
  for (const { contact, chatId, typed } of open)
    verdict = add(verdict, judge(contact, await driver.entries(chatId), typed))
  return verdict
}

async function openFirst({ driver, open }: Shift): Promise<readonly OpenLine[]> {
  const log = driver.page.getByRole('log').first()
  const name = (await log.isVisible()) ? await log.getAttribute('aria-label') : null
  const isOpen = ({ contact }: OpenLine): boolean => name?.endsWith(contact.customerName) === true
  return [...open.filter(isOpen), ...open.filter((line) => !isOpen(line))]
}

/** What the agent sees ends as the conversation does. */
async function isDrawn({ page }: Driver, { contact }: OpenLine): Promise<boolean> {
  const said = contact.truth().transcript.filter(({ Type }) => Type === 'MESSAGE')
  const last = said.slice(-mostOnScreen).map(({ Content = '' }) => Content)
  await page.getByRole('list', { name: 'Inbox' }).getByRole('button', { name: contact.customerName }).click()
  const log = page.getByRole('log', { name: contact.customerName })
  const isThere = await comesTrue(async () => {
    // A chat with a backlog opens at its first unread message; the end is one press away.
    const latest = page.getByRole('button', { name: /^Latest/ })
    if (await latest.isVisible().catch(() => false))
      await latest.click({ timeout: 1_000 }).catch(() => undefined)
    const drawn = await log.innerText().catch(() => '')
    const places = last.map((text) => drawn.indexOf(text))
    return places.every((place, index) => place > (places[index - 1] ?? -1))
  })
  if (!isThere)
    console.log(`not drawn for ${contact.customerName}`, { last, drawn: await log.innerText().catch(String) })
  return isThere
}

/** Of the chat on screen. */
function composerOf({ page }: Driver, { contact }: OpenLine): Promise<string> {
  return page.getByRole('textbox', { name: `Message to ${contact.customerName}` }).inputValue()
}

function deliveredOf({ contact }: OpenLine): readonly string[] {
  return contact
    .truth()
    .transcript.filter(({ ParticipantRole, Type }) => ParticipantRole === 'AGENT' && Type === 'MESSAGE')
    .map(({ Content = '' }) => Content)
}

/** After a restart an upload goes on or has failed in words; none may hang. */
async function countStuckUploads(driver: Driver): Promise<number> {
  let count = 0
  await comesTrue(async () => {
    const { uploads } = await driver.snapshot()
    count = uploads.filter(({ state }) => ['waiting', 'sending', 'completing'].includes(state.phase)).length
    return count === 0
  })
  return count
}

async function comesTrue(isTrue: () => Promise<boolean>): Promise<boolean> {
  const until = Date.now() + settleWithin
  while (!(await isTrue())) {
    if (Date.now() > until) return false
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  return true
}
