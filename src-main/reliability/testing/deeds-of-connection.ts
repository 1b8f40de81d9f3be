import { DeskError, unreachable } from '#shared/failure.ts'
import type { Link } from '#shared/link.ts'
import type { ChatSession } from '../../chat/chat-session.ts'
import { asked } from './deeds-of-asking.ts'
import type { Begun, Standing } from './deeds.ts'
import { pageWords } from './page-words.ts'
import type { Stage } from './stage.ts'
import { customer } from './stage.ts'

/** The agent pastes a token. */
export function joining(stage: Stage): Promise<Begun> {
  const join = async (): Promise<void> => {
    const failure = await stage.chats.join(stage.token)
    if (failure !== null) throw new DeskError(failure.code, failure.message, failure.status)
  }
  return Promise.resolve(asked(join, { done: { state: 'joined', reads: '(the chat opens)' } }))
}

/** A chat that was live loses its socket. */
export async function connectingAgain(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  return {
    begin: () => dropSockets(stage),
    standing: () => standingOf(session.summary().link),
  }
}

/** The customer speaks while the socket is down, so that only a reading brings it. */
export async function readingMissed(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  return {
    begin: () => {
      dropSockets(stage)
      stage.contact.say('Are you there?')
    },
    standing: () => {
      const isComplete = session.entries().some(({ kind }) => kind === 'message')
      const { isOver, state, reads } = standingOf(session.summary().link)
      const detail = isComplete ? 'nothing missed' : 'what was missed is missing'
      return { isOver: isOver && isComplete, state, detail, reads }
    },
  }
}

export async function leaving(stage: Stage): Promise<Begun> {
  const { session } = await stage.liveChat()
  const end = asked(() => session.end(), {
    done: { state: '', reads: '' },
    told: (reason) => `The chat with ${customer} ${pageWords.notEnded.words} ${reason}`,
  })
  return {
    begin: () => end.begin(),
    applied: () => (stage.contact.hasEnded ? 1 : 0),
    standing: () => {
      const { isOver, reads } = end.standing()
      const link = standingOf(session.summary().link)
      return { isOver, state: link.state, reads: reads === '' ? link.reads : reads }
    },
  }
}

function standingOf(link: ReturnType<ChatSession['summary']>['link']): Standing {
  switch (link.phase) {
    case 'live':
      return { isOver: true, state: 'live', reads: pageWords.connected.words }
    case 'catching-up':
      return { isOver: false, state: 'catching up', reads: unread }
    case 'connecting':
    case 'waiting':
    case 'polling':
    case 'offline':
      return { isOver: false, state: 'connecting again', reads: `${reconnecting} ${keepWriting}` }
    case 'ended':
      return { isOver: true, state: `ended (${link.reason})`, reads: endWords[link.reason] }
    default:
      return unreachable(link)
  }
}

const reconnecting = `${pageWords.reconnecting.words} ${customer}.`
const unread = `${pageWords.unconfirmed.words} ${customer}. ${pageWords.unread.words}`
const keepWriting = pageWords.keepWriting.words
const endWords: Readonly<Record<Extract<Link, { phase: 'ended' }>['reason'], string>> = {
  completed: pageWords.ended.words,
  left: pageWords.youEnded.words,
  transferred: 'Chat transferred',
  rejected: pageWords.closedToYou.words,
}

function dropSockets({ simulator, contact }: Stage): void {
  simulator.faults.add({ kind: 'drop-sockets', contactId: contact.contactId })
}
