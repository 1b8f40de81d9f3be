import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Delivery, Entry } from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'
import { undeliveredReason } from '#shared/undelivered.ts'
import type { Upload } from '#shared/model.ts'
import type { Begun, Standing } from './deeds.ts'
import { surely } from './eventually.ts'
import { pageWords } from './page-words.ts'
import type { Stage } from './stage.ts'

export async function sendingMessage(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  const say = (text: string) => session.send({ text, contentType: 'text/plain' })
  const text = 'On its way.'
  const deliveryOf = (words: string): Delivery | null => {
    const isMeant = (entry: Entry) =>
      entry.kind === 'message' && 'text' in entry.body && entry.body.text === words
    const own = session.entries().find(isMeant)
    return own?.kind === 'message' ? own.delivery : null
  }
  // The first message of all also teaches the chat who it is.
  await say('Good morning.')
  await surely(() => deliveryOf('Good morning.')?.state === 'sent')
  return {
    begin: () => void say(text),
    applied: () => stage.contact.truth().transcript.filter(({ Content }) => Content === text).length,
    standing: () => standingOf(deliveryOf(text)),
  }
}

function standingOf(delivery: Delivery | null): Standing {
  switch (delivery?.state) {
    case undefined:
    case 'queued':
    case 'sending':
      return { isOver: false, state: 'sending', reads: pageWords.sending.words }
    case 'sent':
    case 'delivered':
    case 'read':
      return { isOver: true, state: 'sent', reads: pageWords.sent.words }
    case 'undelivered':
      return { isOver: true, state: 'undelivered', reads: `Not delivered: ${undeliveredReason(delivery)}` }
    case 'failed':
      return { isOver: true, state: 'failed', reads: `${pageWords.notSent.words} ${delivery.reason}` }
    default:
      return unreachable(delivery)
  }
}

export async function typing(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  return {
    begin: () => session.typing(),
    standing: () => unspoken(stage.contact.truth().typing.length > 0),
  }
}

export async function tellingRead(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  stage.contact.say('Where is my order?')
  const question = () => session.entries().find(({ kind }) => kind === 'message')
  await surely(() => question() !== undefined)
  return {
    begin: () => session.seen(question()?.id ?? ''),
    standing: () =>
      unspoken(stage.contact.truth().receipts.some(({ ReadTimestamp }) => ReadTimestamp !== undefined)),
  }
}

/** Signs by the way: nobody is told whether they got through. */
function unspoken(isTold: boolean): Standing {
  return isTold
    ? { isOver: true, state: 'told', reads: '(nothing)' }
    : { isOver: false, state: 'left out', reads: '(nothing: the chat goes on without it)' }
}

export async function sendingFile(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  const file = path.join(stage.folder, 'notes.txt')
  await writeFile(file, 'These are the notes.')
  const { uploadId } = await session.uploads.stage(file)
  let last: Upload['state'] = { phase: 'staged' }
  return {
    begin: () => void session.uploads.send([uploadId]),
    applied: () => stage.contact.truth().transcript.filter(({ Type }) => Type === 'ATTACHMENT').length,
    standing: () => {
      // What was delivered leaves the tray after a while.
      last = session.uploads.list()[0]?.state ?? last
      return standingOfFile(last)
    },
  }
}

function standingOfFile(state: Upload['state']): Standing {
  switch (state.phase) {
    case 'staged':
    case 'waiting':
    case 'sending':
      return { isOver: false, state: 'sending', reads: pageWords.waiting.words }
    case 'scanning':
      return { isOver: false, state: 'at the service', reads: pageWords.scanning.words }
    case 'completing':
      return { isOver: false, state: 'finishing', reads: pageWords.finishing.words }
    case 'delivered':
      return { isOver: true, state: 'delivered', reads: pageWords.delivered.words }
    case 'failed':
      return {
        isOver: true,
        state: 'failed',
        detail: state.canRetry ? 'can be sent again' : 'for good',
        reads: state.reason,
      }
    default:
      return unreachable(state)
  }
}
