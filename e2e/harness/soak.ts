import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import { seededRandom } from '#simulator/random.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { Driver } from './driver.ts'
import { sampleMemory, slopeOf, type MemorySample } from './memory.ts'
import { pick } from './pick.ts'
import { add, isSpotless, judge, spotless, type Verdict } from './verdict.ts'

// npm run soak -- --minutes N [--seed N]: ten chats in the real app, mixed load, seeded faults; then the truth.

interface Line {
  readonly contact: ContactHandle
  readonly chatId: string
  readonly typed: string[]
}

const chats = 10
/** What waits at the end goes out at the instance's rate. */
const settleWithin = 180_000
const faults: readonly FaultSpec[] = [
  { kind: 'drop-sockets' },
  { kind: 'refuse-connections', durationMs: 2_000 },
  { kind: 'half-open', durationMs: 6_000 },
  { kind: 'mute-heartbeat', durationMs: 4_000 },
  { kind: 'http-error', status: 500, durationMs: 2_000 },
  { kind: 'http-error', status: 429, durationMs: 1_500 },
  { kind: 'html-503', durationMs: 2_000 },
  { kind: 'slow', durationMs: 300, count: 10 },
  { kind: 'lose-response', operation: 'SendMessage', count: 3 },
  { kind: 'duplicate-frames', durationMs: 3_000 },
  { kind: 'reorder-frames', durationMs: 3_000 },
  { kind: 'echo-before-response', durationMs: 3_000 },
  { kind: 'expire-token' },
]

/**
 * Open conversations are held whole, so memory grows with what is said in them: 1 KB a message was measured in main,
 * and 0.5 KB in the page, which draws only a part. More than this is a leak beside them.
 */
const mostKilobytesPerMessage = { main: 3, renderer: 3 }
/** Shorter runs measure caches filling up. */
const memoryJudgedFrom = 4

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } },
})
const minutes = Number(values.minutes)
const random = seededRandom(Number(values.seed))
const profile = await mkdtemp(path.join(tmpdir(), 'parley-soak-'))
const simulator = await startSimulator()
const driver = await Driver.start([
  `--user-data-dir=${profile}`,
  `--endpoint=${simulator.endpoint}`,
  // Without a keychain the database lies in memory, and every message with its index.
  '--password-store=gnome-libsecret',
])
try {
  const lines = await joinAll(simulator, driver)
  const memory = await load(lines)
  const overAt = Date.now()
  const verdict = await settle(lines)
  const settledAfter = (Date.now() - overAt) / 1_000
  const growth = growthOf(memory, verdict.shown)
  report(lines, verdict, { memory, growth, settledAfter })
  process.exitCode = isSpotless(verdict) && isWithinBounds(growth) ? 0 : 1
} finally {
  await driver.close()
  await simulator.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

async function joinAll(service: Simulator, app: Driver): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (let index = 0; index < chats; index += 1) {
    const contact = service.contact({ customerName: `Customer ${String(index + 1)}` })
    lines.push({ contact, chatId: await app.join(contact, service.endpoint), typed: [] })
  }
  return lines
}

/** Returns the memory of the app, once in a few seconds. */
async function load(lines: readonly Line[]): Promise<readonly MemorySample[]> {
  const until = Date.now() + minutes * 60_000
  const memory: MemorySample[] = []
  let nextFault = Date.now() + 2_000
  let nextReading = Date.now()
  while (Date.now() < until) {
    const line = pick(random, lines)
    // Agents type well below what an instance lets through (10 a second): what waits is then the faults' doing.
    if (random() < 0.8) line.contact.say(`Customer line ${String(random())}`)
    else await type(line, `Agent line ${String(random())}`)
    if (Date.now() > nextFault) {
      simulator.faults.add(pick(random, faults))
      nextFault = Date.now() + 2_000 + random() * 4_000
    }
    if (Date.now() > nextReading) {
      memory.push(await sampleMemory(driver))
      nextReading = Date.now() + 3_000
    }
    await new Promise((resolve) => setTimeout(resolve, random() * 60))
  }
  return memory
}

async function type(line: Line, text: string): Promise<void> {
  await driver.request('chat.send', { chatId: line.chatId, text, contentType: 'text/plain' })
  line.typed.push(text)
}

/** With the faults gone everything must come right by itself. */
async function settle(lines: readonly Line[]): Promise<Verdict> {
  simulator.faults.clear()
  const until = Date.now() + settleWithin
  let verdict = await judgeAll(lines)
  while (!isSpotless(verdict) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    verdict = await judgeAll(lines)
  }
  return verdict
}

async function judgeAll(lines: readonly Line[]): Promise<Verdict> {
  let sum = spotless
  for (const { contact, chatId, typed } of lines)
    sum = add(sum, judge(contact, await driver.entries(chatId), typed))
  return sum
}

interface Growth {
  /** KB a message. */
  readonly main: number
  readonly renderer: number
}

function growthOf(memory: readonly MemorySample[], messages: number): Growth {
  const messagesPerHour = Math.max(1, (messages / minutes) * 60)
  const perMessage = (process: 'main' | 'renderer'): number =>
    Number(((slopeOf(memory, process) * 1024) / messagesPerHour).toFixed(1))
  return { main: perMessage('main'), renderer: perMessage('renderer') }
}

function isWithinBounds({ main, renderer }: Growth): boolean {
  if (minutes < memoryJudgedFrom) return true
  return main <= mostKilobytesPerMessage.main && renderer <= mostKilobytesPerMessage.renderer
}

function report(
  lines: readonly Line[],
  verdict: Verdict,
  { memory, growth, settledAfter }: { memory: readonly MemorySample[]; growth: Growth; settledAfter: number },
): void {
  const last = memory.at(-1)
  console.table({
    chats: lines.length,
    minutes,
    seed: Number(values.seed),
    ...verdict,
    'all came right within, s': Number(settledAfter.toFixed(1)),
    'main process, MB': Math.round(last?.main ?? 0),
    'main process, MB an hour': Math.round(slopeOf(memory, 'main')),
    'main process, KB a message': growth.main,
    'page, MB': Math.round(last?.renderer ?? 0),
    'page, MB an hour': Math.round(slopeOf(memory, 'renderer')),
    'page, KB a message': growth.renderer,
  })
}
