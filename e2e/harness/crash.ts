import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { seededRandom } from '#simulator/random.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { play, type Act } from './acts.ts'
import { inspect, isWhole, nothingFound, together } from './inspection.ts'
import { PowerCut, type PowerOptions } from './power/power-cut.ts'
import { Profile } from './profile.ts'
import { Shift } from './shift.ts'
import { add, isSpotless, spotless } from './verdict.ts'

// npm run crash -- --kills N [--seed N]: ends the real app at seeded moments with SIGKILL, from its very first start on,
// starts it again on the same profile and compares with what it had shown as kept and what the service knows.
// With --power each end is a power cut: only what was synced survives, and a seeded part of the rest. With --overlook
// TEXT the syncs of files with that in their name count for nothing, which must be found as a loss: the control.
// Needs a keychain, since without one nothing is kept: run through scripts/with-keyring.sh.

/** In this order a profile lives through them, again and again. */
const life: readonly Act[] = ['first start', 'joining', 'busy', 'typing', 'busy', 'signing out']

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    power: { type: 'boolean', default: false },
    overlook: { type: 'string', default: '' },
  },
})
const seed = Number(values.seed)
const kills = Number(values.kills)
const random = seededRandom(seed)
const power: PowerOptions | null = values.power
  ? { random: seededRandom(seed), overlooked: values.overlook }
  : null
if (power !== null) requireTool()
const folder = await mkdtemp(path.join(tmpdir(), 'parley-crash-files-'))
const file = path.join(folder, 'photo.png')
await writeFile(file, tinyPicture())
const simulator = await startSimulator()
let shift = await newShift()
const shifts = [shift]
let [verdict, findings, failures] = [spotless, nothingFound, 0]
try {
  for (let kill = 1; kill <= kills; kill += 1) {
    const act = life[(kill - 1) % life.length] ?? 'busy'
    await play(act, shift)
    await shift.start()
    const found = await inspect(shift)
    verdict = add(verdict, found.verdict)
    findings = together(findings, found.findings)
    const isGood = isSpotless(found.verdict) && isWhole(found.findings)
    if (!isGood) failures += 1
    const said = isGood ? 'whole' : JSON.stringify({ ...found.verdict, ...found.findings })
    console.log(`${String(kill)} of ${String(kills)}, ${act}: ${said}`)
    if (act === 'signing out') {
      await shift.close()
      shift = await newShift()
      shifts.push(shift)
    }
  }
  const files = shifts
    .map(countFiles)
    .reduce((a, b) => ({ sent: a.sent + b.sent, lost: a.lost + b.lost, twice: a.twice + b.twice }))
  const isExpected = values.overlook === '' ? failures + files.lost + files.twice === 0 : failures > 0
  const { shown, ...wrong } = verdict
  console.table({
    ends: kills,
    by: values.power ? 'power cut' : 'SIGKILL',
    seed,
    failures,
    messagesSeen: shown,
    ...wrong,
    ...findings,
    filesSent: files.sent,
    filesLost: files.lost,
    filesTwice: files.twice,
  })
  process.exitCode = isExpected ? 0 : 1
} finally {
  await shift.close()
  await simulator.close()
  await rm(folder, { recursive: true, force: true })
}

function requireTool(): void {
  try {
    PowerCut.requireTool()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

async function newShift(): Promise<Shift> {
  return new Shift({ simulator, random, file, profile: await Profile.create(simulator.endpoint, power) })
}

/** Completing again under the same token is how an end in between is made good; two files would not be. */
function countFiles({ lines, filesSent }: Shift): { sent: number; lost: number; twice: number } {
  const items = lines.flatMap(({ contact }) => contact.truth().transcript)
  const arrived = items.flatMap(({ Attachments = [] }) => Attachments.map(({ AttachmentId }) => AttachmentId))
  const files = new Set(arrived).size
  return {
    sent: filesSent,
    lost: Math.max(0, filesSent - files),
    twice: arrived.length - Math.min(filesSent, files),
  }
}

/** One grey pixel. */
function tinyPicture(): Buffer {
  const base64 =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='
  return Buffer.from(base64, 'base64')
}
