import type { Entry, MessageEntry } from '#shared/entry.ts'
import type { Plan } from './plan.ts'
import type { RawItem } from './simulated-room.ts'
import { customer } from './simulated-room.ts'
import type { World } from './world.ts'

const look = 500
const takeover = 8000
/** The longest pause before another socket is tried, after many that kept things back. */
const unheardFor = 360_000
const atRest: ReadonlySet<string> = new Set(['staged', 'failed', 'delivered'])

/** Waits until the chat is live and complete again, for no longer than that may take. */
export async function checkRecovered(world: World, plan: Plan): Promise<readonly string[]> {
  const allowed = allowance(world, plan)
  for (let waited = 0; waited <= allowed; waited += look) {
    const isDone = isRecovered(world, plan)
    await world.clock.advance(look)
    if (isDone && isRecovered(world, plan)) return []
  }
  return [`I7: not live and complete ${allowed} ms after the last fault: ${tell(world, plan)}`]
}

/** A call that hung may take its whole patience; then come the backoff and one round trip per page and message. */
function allowance(world: World, plan: Plan): number {
  const { actions } = plan
  // What a healthy-looking socket keeps back is found by the next audit.
  const isSilent = actions.some(({ do: kind }) => kind === 'lose-frames' || kind === 'mute-sockets')
  const isStuck = actions.some(({ do: kind }) => kind === 'stick-pages')
  return (isSilent ? 60_000 : 0) + (isStuck ? 45_000 : 0) + 25_000 + exchangeTakes(world, plan)
}

/** Everything read twice and sent once. */
export function exchangeTakes({ service, sent }: World, { conditions }: Plan): number {
  const roundTrip = 2 * conditions.slowest + 10
  const pages = Math.ceil(service.room.items.length / conditions.pageSize) + 4
  return (2 * pages + sent.length + 10) * roundTrip
}

/** As far back as one page goes. */
function isReadShown(world: World, { conditions }: Plan): boolean {
  const { items, newestRead, endedAt } = world.service.room
  const isNear = items.slice(-conditions.pageSize).some(({ Id }) => Id === newestRead)
  const own = world.session?.entries().find(({ serviceId }) => serviceId === newestRead)
  if (!isNear || endedAt !== null || own?.kind !== 'message') return true
  return own.delivery?.state === 'read'
}

function isRecovered(world: World, plan: Plan): boolean {
  const { service, session } = world
  const phase = session?.summary().link.phase
  const isRightPhase = service.room.endedAt === null ? phase === 'live' : phase === 'ended'
  const isUploaded = session?.uploads.list().every(({ state }) => atRest.has(state.phase))
  return isRightPhase && isUploaded === true && isComplete(world, plan) && isReadShown(world, plan)
}

/** All that was written has left, and all that was said is here. */
export function isComplete(world: World, plan: Plan): boolean {
  const waiting = world.session?.summary().outbox.waiting
  return waiting === 0 && !world.isAsking && missing(world, plan).length === 0
}

/** A socket that keeps things back is replaced once something was said that it did not deliver. */
export async function checkListening(world: World, plan: Plan): Promise<readonly string[]> {
  const { service, clock } = world
  if (service.sockets.muted === 0 || service.room.endedAt !== null) return []
  service.tell(service.room.say('are you there?', customer))
  for (let waited = 0; waited <= unheardFor; waited += look) {
    if (service.sockets.muted === 0) return checkRecovered(world, plan)
    await clock.advance(look)
  }
  return ['deaf: the socket keeps things back and is still there']
}

/** Two sockets are one too many, except while one takes over from the other. */
export async function checkSockets({ service, clock }: World): Promise<readonly string[]> {
  for (let waited = 0; waited <= takeover; waited += look) {
    if (service.sockets.open <= 1) return []
    await clock.advance(look)
  }
  return [`sockets: ${service.sockets.open} open`]
}

export function checkAll(world: World, plan: Plan): readonly string[] {
  return [
    ...world.mirror.violations,
    ...checkEntries(world, plan),
    ...checkMirror(world),
    ...checkSent(world, plan),
    ...checkFiles(world),
    ...world.service.overruns.slice(0, 1).map((operation) => `I8: too many ${operation} calls`),
  ]
}

function shown(world: World): readonly string[] {
  return (world.session?.entries() ?? []).flatMap(({ serviceId }) => serviceId ?? [])
}

function missing(world: World, plan: Plan): readonly RawItem[] {
  if (!isReadable(world, plan)) return []
  const ids = new Set(shown(world))
  return world.service.room.items.filter((item) => !ids.has(item.Id))
}

/** An ended chat is read with what tokens are left, for as long as the service lets them. */
function isReadable({ service, tokens }: World, { conditions }: Plan): boolean {
  if (service.room.endedAt === null) return true
  return tokens.wereKeptInTime && conditions.graceAfterEnd > 0 && conditions.tokenLife > 3_600_000
}

/** I1, I2, I3: everything the service has, once, in its order. */
function checkEntries(world: World, plan: Plan): readonly string[] {
  const ids = shown(world)
  const order = new Map(world.service.room.items.map((item, index) => [item.Id, index]))
  const found = missing(world, plan).map((item) => `I1: ${item.Id} is missing`)
  if (new Set(ids).size !== ids.length) found.push(`I2: shown twice in ${ids.join(' ')}`)
  const invented = ids.filter((id) => !order.has(id))
  if (invented.length > 0) found.push(`I1: shown but unknown to the service: ${invented.join(' ')}`)
  const places = ids.map((id) => order.get(id) ?? -1)
  if (places.some((place, index) => index > 0 && place <= (places[index - 1] ?? -1)) && !mayBeTied(world)) {
    found.push(`I3: out of order: ${ids.join(' ')}`)
  }
  return found
}

/** Items of one millisecond that overtook each other stay swapped until the transcript is read again. */
function mayBeTied(world: World): boolean {
  const ids = shown(world)
  const items = new Map(world.service.room.items.map((item) => [item.Id, item.AbsoluteTime]))
  return ids.every(
    (id, index) => index === 0 || (items.get(ids[index - 1] ?? '') ?? '') <= (items.get(id) ?? ''),
  )
}

function checkMirror({ mirror, session }: World): readonly string[] {
  const told = mirror.entries.map(brief).join('\n')
  const real = (session?.entries() ?? []).map(brief).join('\n')
  return told === real ? [] : [`mirror: ${told}\nis not main: ${real}`]
}

function brief(entry: Entry): string {
  const delivery = entry.kind === 'message' ? (entry.delivery?.state ?? '') : ''
  return `${entry.id} ${entry.serviceId ?? ''} ${entry.at} ${delivery}`
}

/** I4 and the rest of I5: what the agent sent is there once, in the order of pressing Enter. */
function checkSent(world: World, plan: Plan): readonly string[] {
  const { sent, service, session } = world
  const said = service.room.items
    .filter((item) => item['ParticipantId'] === 'agent-1' && item.Type === 'MESSAGE')
    .map((item) => String(item['Content']))
  const failed = (session?.entries() ?? []).filter(hasFailed)
  const hasEnded = service.room.endedAt !== null
  const found = failed
    .map(textOf)
    .filter((text) => !hasEnded && !service.wasRefusedForGood(text))
    .map((text) => `I5: failed for no reason: ${text}`)
  const wasKnowable = isReadable(world, plan)
  for (const text of new Set(sent.map((one) => one.text))) {
    const all = sent.filter((one) => one.text === text)
    const queued = all.filter(({ outcome }) => outcome === 'queued').length
    const possible = all.filter(({ outcome }) => outcome !== 'refused').length
    const lost = failed.filter((entry) => textOf(entry) === text).length
    const times = said.filter((one) => one === text).length
    if (times > possible - (wasKnowable ? lost : 0))
      found.push(`I4: "${text}" ${times} times for ${possible}, ${lost} failed`)
    if (times < queued - lost) found.push(`I4: "${text}" is lost (${times} of ${queued})`)
  }
  const places = sent
    .map((one) => said.indexOf(one.text))
    .filter((place, index) => place >= 0 && sent[index]?.text !== 'ok')
  if (places.some((place, index) => index > 0 && place < (places[index - 1] ?? -1))) {
    found.push(`I4: out of order: ${said.join(', ')}`)
  }
  return found
}

function hasFailed(entry: Entry): entry is MessageEntry {
  return entry.kind === 'message' && entry.delivery?.state === 'failed'
}

function textOf({ body }: MessageEntry): string {
  return 'text' in body ? body.text : ''
}

function checkFiles({ service, uploaded, mirror }: World): readonly string[] {
  const found = service.files.orphans.map((id) => `upload: ${id} was completed without having been stored`)
  const names = service.room.items.flatMap((item) =>
    item.Type === 'ATTACHMENT'
      ? (item['Attachments'] as { AttachmentName: string }[]).map((file) => file.AttachmentName)
      : [],
  )
  if (new Set(names).size !== names.length) found.push(`upload: a file is there twice: ${names.join(' ')}`)
  for (const name of uploaded) {
    if (!names.includes(name) && !mirror.failedFiles.has(name) && service.room.endedAt === null)
      found.push(`upload: ${name} is lost`)
  }
  return found
}

function tell(world: World, plan: Plan): string {
  const summary = world.session?.summary()
  return JSON.stringify({
    link: summary?.link,
    outbox: summary?.outbox,
    uploads: world.session?.uploads.list().map(({ state }) => state),
    missing: missing(world, plan).map(({ Id }) => Id),
    isReadShown: isReadShown(world, plan),
    ended: world.service.room.endedAt !== null,
  })
}
