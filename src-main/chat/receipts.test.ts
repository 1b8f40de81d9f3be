import { describe, expect, it } from 'vitest'
import type { OwnReceipt } from '../participant/participant-line.ts'
import { ServiceError } from '../participant/service-error.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { Receipts } from './receipts.ts'

function theReceipts(...failures: readonly ServiceError[]) {
  const clock = new ManualClock()
  const sent: string[] = []
  const left = [...failures]
  const send = ({ kind, messageId }: OwnReceipt) => {
    sent.push(`${kind} ${messageId}`)
    const failure = left.shift()
    return failure === undefined ? Promise.resolve() : Promise.reject(failure)
  }
  const receipts = new Receipts({ clock, send })
  receipts.open()
  return { clock, receipts, sent }
}

const told = (at: number) => ({ messageId: `item-${at}`, at })

describe('receipts', () => {
  it('name the newest message only', async () => {
    const { clock, receipts, sent } = theReceipts()
    for (const at of [1, 2, 3]) receipts.delivered(told(at))

    await clock.advance(2000)

    expect(sent).toEqual(['delivered item-3'])
  })

  it('of reading take the place of those of arrival', async () => {
    const { clock, receipts, sent } = theReceipts()
    receipts.delivered(told(1))
    receipts.read(told(1))

    await clock.advance(10_000)

    expect(sent).toEqual(['read item-1'])
  })

  it('keep five seconds between them', async () => {
    const { clock, receipts, sent } = theReceipts()
    receipts.read(told(1))
    await clock.advance(100)
    receipts.read(told(2))
    await clock.advance(4800)
    expect(sent).toEqual(['read item-1'])

    await clock.advance(200)
    expect(sent).toEqual(['read item-1', 'read item-2'])
  })

  it('never go backwards and never repeat themselves', async () => {
    const { clock, receipts, sent } = theReceipts()
    receipts.read(told(5))
    await clock.advance(6000)

    receipts.read(told(4))
    receipts.delivered(told(3))
    receipts.read(told(5))
    await clock.advance(60_000)

    expect(sent).toEqual(['read item-5'])
  })

  it('stop for good when the service takes none in this chat', async () => {
    const { clock, receipts, sent } = theReceipts(new ServiceError('conflict', 'no', { status: 409 }))
    receipts.read(told(1))
    await clock.advance(6000)

    receipts.read(told(2))
    await clock.advance(60_000)

    expect(sent).toEqual(['read item-1'])
  })

  it('are tried again after a passing trouble, with what is newest then', async () => {
    const { clock, receipts, sent } = theReceipts(new ServiceError('unreachable', 'cut'))
    receipts.read(told(1))
    await clock.advance(100)
    receipts.read(told(2))

    await clock.advance(6000)

    expect(sent).toEqual(['read item-1', 'read item-2'])
  })

  it('wait for the line', async () => {
    const { clock, receipts, sent } = theReceipts()
    receipts.shut()
    receipts.read(told(1))
    await clock.advance(60_000)
    expect(sent).toEqual([])

    receipts.open()
    await clock.advance(2000)
    expect(sent).toEqual(['read item-1'])
  })
})
