import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { FromChild, FromParent, Joined, Kind, StreamFigures, StreamOrder } from './receiver.ts'

export interface Stream {
  readonly chats: number
  readonly messagesPerChat: number
}

const warmUpMessages = 5000
const portion = 500
/** A client that was busy for too long may have lost its socket, and with it what was on the way. */
const patience = 120_000
const clientFile = path.join(import.meta.dirname, '../stream-client.ts')

/** One client takes in one stream, in a process of its own, from a service in this one. */
export async function measureStream(kind: Kind, stream: Stream, workerUrl: string): Promise<StreamFigures> {
  const simulator = await startSimulator()
  const folder = await mkdtemp(path.join(tmpdir(), 'stream-'))
  await mkdir(path.join(folder, 'warm'))
  const admit = () => simulator.contact({ customerName: 'Ana' })
  const warm = [admit()]
  const contacts = Array.from({ length: stream.chats }, admit)
  const order: StreamOrder = {
    kind,
    endpoint: simulator.endpoint,
    warmUp: warm.map(joined),
    chats: contacts.map(joined),
    warmUpMessages,
    messages: stream.chats * stream.messagesPerChat,
    workerUrl,
    folder,
  }
  const child = startClient(order)
  try {
    await said(child, 'ready')
    const isListeningForWarmUp = said(child, 'listening')
    ask(child, 'warm up')
    await isListeningForWarmUp
    const isWarm = said(child, 'warm')
    await pour(warm, warmUpMessages)
    await isWarm
    const isListening = said(child, 'listening')
    ask(child, 'measure')
    await isListening
    const isDone = said(child, 'done')
    await pour(contacts, stream.messagesPerChat)
    const answer = await isDone
    if (answer.said !== 'done') throw new Error('The client gave no figures')
    return answer.figures
  } finally {
    child.kill()
    await simulator.close()
    await rm(folder, { recursive: true })
  }
}

const joined = ({ contactId, agent }: ContactHandle): Joined => ({ contactId, ...agent })

function startClient(order: StreamOrder): ChildProcess {
  const args = ['--expose-gc', '--import', 'tsx', clientFile, JSON.stringify(order)]
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  })
}

const ask = (child: ChildProcess, message: FromParent): boolean => child.send(message)

function said(child: ChildProcess, what: FromChild['said']): Promise<FromChild> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`The client ended early (${code})`))
    const late = setTimeout(() => reject(new Error(`The client did not get to be ${what}`)), patience)
    const hear = (message: FromChild): void => {
      if (message.said !== what) return
      clearTimeout(late)
      child.off('message', hear)
      child.off('exit', gone)
      resolve(message)
    }
    child.on('message', hear)
    child.once('exit', gone)
  })
}

/** Customers of all chats write at once, as fast as the sockets take it. */
async function pour(contacts: readonly ContactHandle[], count: number): Promise<void> {
  for (let from = 0; from < count; from += portion) {
    const texts = Array.from({ length: Math.min(portion, count - from) }, (_, index) =>
      sentence(from + index),
    )
    for (const contact of contacts) {
      contact.sayAll(texts)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

const words = 'my order number has not arrived yet and I would like to know when it will be delivered'.split(
  ' ',
)

/** Of the usual length, and no two alike. */
function sentence(number: number): string {
  const from = number % words.length
  return `${number}: ${[...words.slice(from), ...words.slice(0, from)].join(' ')}`
}
