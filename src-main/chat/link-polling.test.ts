import { describe, expect, it } from 'vitest'
import type { LinkEvent, LinkState } from './link.ts'
import { isUp, step } from './link.ts'
import { after, at, caughtUp, down, live, up } from '../testing/link-states.ts'

const host = 'chat.transport.connect.us-west-2.amazonaws.com'
const noSocket: LinkEvent = {
  kind: 'down',
  failure: { code: 'unreachable', message: 'It was closed.' },
  socket: { host },
}
const blocked: LinkEvent = { kind: 'blocked' }
const retryDue: LinkEvent = { kind: 'retry-due' }

/** Dialled again and again without a socket, while readings get through. */
const polling = (): LinkState => after({ kind: 'start' }, noSocket, caughtUp, retryDue, blocked)

describe('[A1] without a socket', () => {
  it('the chat is read once the patience with sockets is over, and says where the socket should be', () => {
    expect(after({ kind: 'start' }, noSocket, caughtUp).link.phase).toBe('waiting')
    expect(polling().link).toEqual({ phase: 'polling', since: 0, host })
    expect(isUp(polling())).toBe(false)
  })

  it('nothing is called read that was not', () => {
    expect(after({ kind: 'start' }, noSocket, retryDue, blocked).link.phase).toBe('connecting')
    expect(after({ kind: 'start' }, noSocket, retryDue, blocked, caughtUp).link.phase).toBe('polling')
  })

  it('calls go on: only silence and what cannot be reached cut them', () => {
    const cut = { do: 'cut-calls' }

    expect(step(live(), noSocket, at(9000)).effects).not.toContainEqual(cut)
    expect(step(polling(), noSocket, at(20_000)).effects).not.toContainEqual(cut)
    expect(step(live(), down, at(9000)).effects).toContainEqual(cut)
    const silent: LinkEvent = { ...noSocket, failure: { code: 'timed-out', message: 'It went silent.' } }
    expect(step(live(), silent, at(9000)).effects).toContainEqual(cut)
  })

  it('a socket is tried every quarter of a minute, without a word', () => {
    const waiting = step(polling(), noSocket, at(20_000))
    const dialling = step(waiting.next, retryDue, at(35_000))

    expect(waiting.effects).toContainEqual({ do: 'wait', delay: 15_000 })
    expect(waiting.next.link).toEqual(polling().link)
    expect(dialling.effects).toContainEqual({ do: 'dial' })
    expect(dialling.next.link).toEqual(polling().link)
  })

  it('trouble of calls is tried again as soon as ever', () => {
    expect(step(polling(), down, at(20_000)).effects).toContainEqual({ do: 'wait', delay: 200 })
  })

  it('a chat whose readings stop is connecting again', () => {
    const { next, effects } = step(polling(), { kind: 'unread' }, at(40_000))

    expect(next.link).toEqual({ phase: 'connecting', since: 0 })
    expect(effects).toContainEqual({ do: 'dial' })
  })

  it('a socket that comes up has what was said before it read, and then the chat is live', () => {
    const back = step(polling(), up, at(40_000))

    expect(back.next.link.phase).toBe('catching-up')
    expect(back.effects).toContainEqual({ do: 'catch-up' })
    expect(step(back.next, caughtUp, at(40_100)).next.link).toEqual({ phase: 'live', since: 40_100 })
  })

  it.each<LinkEvent>([{ kind: 'try-now' }, { kind: 'reachable' }, { kind: 'network', isOnline: true }])(
    'a socket is dialled at once: $kind',
    (event) => {
      expect(step(polling(), event, at(20_000)).effects).toContainEqual({ do: 'dial' })
    },
  )

  it('what is written is known to leave as soon as calls work, and no longer than they do', () => {
    const callable: LinkEvent = { kind: 'callable' }
    const hasCalls = ({ link }: LinkState) => 'hasCalls' in link && link.hasCalls === true

    expect(hasCalls(after({ kind: 'start' }))).toBe(false)
    expect(hasCalls(after({ kind: 'start' }, callable))).toBe(true)
    expect(hasCalls(after({ kind: 'start' }, callable, noSocket))).toBe(true)
    expect(hasCalls(after({ kind: 'start' }, callable, noSocket, retryDue))).toBe(true)
    expect(hasCalls(after({ kind: 'start' }, callable, noSocket, retryDue, down))).toBe(false)
    expect(hasCalls(after({ kind: 'start' }, noSocket, caughtUp, { kind: 'unread' }))).toBe(false)
  })

  it('has patience anew with the next socket that is lost', () => {
    const again = step(
      step(step(polling(), up, at(40_000)).next, caughtUp, at(41_000)).next,
      noSocket,
      at(80_000),
    )

    expect(again.effects).toContainEqual({ do: 'time-socket' })
    expect(step(again.next, caughtUp, at(81_000)).next.link.phase).not.toBe('polling')
  })
})
