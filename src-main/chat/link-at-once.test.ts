import { describe, expect, it } from 'vitest'
import { after, at, down, live, refused, up } from '../testing/link-states.ts'
import type { LinkEvent } from './link.ts'
import { step } from './link.ts'

describe('trying at once', () => {
  const waiting = () => after({ kind: 'start' }, down, down)

  it.each<[string, LinkEvent]>([
    ['the agent asks', { kind: 'try-now' }],
    ['the time has come', { kind: 'retry-due' }],
    ['the network is back', { kind: 'network', isOnline: true }],
    ['the computer woke up', { kind: 'resumed' }],
  ])('happens when %s', (_, event) => {
    expect(step(waiting(), event, at(9000)).effects).toContainEqual({ do: 'dial' })
  })

  it.each<LinkEvent>([{ kind: 'try-now' }, { kind: 'retry-due' }])(
    'is not needed while live: %o',
    (event) => {
      expect(step(live(), event, at(9000))).toEqual({ next: live(), effects: [] })
    },
  )

  it('follows another chat that got through, once until the connection has held', () => {
    const woken = step(waiting(), { kind: 'reachable' }, at(9000))
    const fallen = step(woken.next, down, at(9100)).next
    const held = step(step(fallen, up, at(9200)).next, { kind: 'steady' }, at(40_000)).next
    const later = step(step(held, down, at(50_000)).next, down, at(50_100)).next

    expect(woken.effects).toContainEqual({ do: 'dial' })
    expect(step(fallen, { kind: 'reachable' }, at(9200)).effects).toEqual([])
    expect(step(later, { kind: 'reachable' }, at(50_200)).effects).toContainEqual({ do: 'dial' })
  })

  it('does not cut short the time a refusal is given to pass', () => {
    const doubted = after({ kind: 'start' }, refused)

    expect(step(doubted, { kind: 'reachable' }, at(2100))).toEqual({ next: doubted, effects: [] })
  })

  it.each<LinkEvent>([{ kind: 'resumed' }, { kind: 'network', isOnline: true }])(
    'is not put off by the losses before it: %o',
    (event) => {
      const fallen = step(step(live(), down, at(9000)).next, up, at(9100)).next
      const asked = step(fallen, event, at(9200))

      expect(asked.effects).toEqual([{ do: 'probe', within: 1000 }])
      expect(step(asked.next, down, at(10_200)).effects).toContainEqual({ do: 'dial' })
    },
  )

  it('asks a socket for a sign of life after sleep instead of dropping it', () => {
    expect(step(live(), { kind: 'resumed' }, at(9000)).effects).toEqual([{ do: 'probe', within: 1000 }])
  })

  it('dials anew after sleep when the dial under way is from before', () => {
    const dialling = after({ kind: 'start' })

    expect(step(dialling, { kind: 'resumed' }, at(60_000)).effects).toContainEqual({ do: 'dial' })
    expect(step(dialling, { kind: 'resumed' }, at(1000)).effects).toEqual([])
  })
})
