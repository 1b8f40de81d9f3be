import { describe, expect, it } from 'vitest'
import type { ServiceItem } from '../participant/service-item.ts'
import { aServiceMessage, theCustomer } from '../testing/service-items.ts'
import { ChainGate } from './chain-gate.ts'

function aGate(contactId: string | null = null) {
  const taken: ServiceItem[] = []
  let doubts = 0
  const events = { take: (item: ServiceItem) => taken.push(item), doubt: () => (doubts += 1) }
  const gate = new ChainGate(() => contactId, events)
  const ids = () => taken.map((item) => ('serviceId' in item ? item.serviceId : item.kind))
  return { gate, ids, doubts: () => doubts }
}

const ours = aServiceMessage({ serviceId: 'ours', chainId: 'chain-1', contactId: 'contact-1' })
const theirs = aServiceMessage({ serviceId: 'theirs', chainId: 'chain-2', contactId: 'contact-2' })

describe('a socket that carries several chats', () => {
  it('gives each chat its own items only', () => {
    const { gate, ids } = aGate()
    gate.chain('chain-1')

    gate.item(theirs)
    gate.item(ours)

    expect(ids()).toEqual(['ours'])
  })

  it('shows nothing before it is known whose chat this is, and loses nothing', () => {
    const { gate, ids } = aGate()
    gate.item(theirs)
    gate.item(ours)
    expect(ids()).toEqual([])

    gate.chain('chain-1')

    expect(ids()).toEqual(['ours'])
  })

  it('tells by the contact when that is known from the offer', () => {
    const { gate, ids } = aGate('contact-1')

    gate.item(theirs)
    gate.item(ours)

    expect(ids()).toEqual(['ours'])
  })

  it.each(['before', 'after'])(
    '[L14] tells by the echo of an accepted message, should the answer come %s it',
    (order) => {
      const { gate, ids } = aGate()
      gate.item(theirs)
      gate.item(aServiceMessage({ serviceId: 'first', chainId: 'chain-1' }))

      if (order === 'before') gate.accepted('ours')
      gate.item(ours)
      if (order === 'after') gate.accepted('ours')
      gate.item(theirs)

      expect(ids()).toEqual(['first', 'ours'])
    },
  )

  it('keeps a transferred chat together', () => {
    const { gate, ids } = aGate('contact-1')
    gate.chain('chain-1')

    gate.item(aServiceMessage({ serviceId: 'later', chainId: 'chain-1', contactId: 'contact-9' }))

    expect(ids()).toEqual(['later'])
  })
})

describe('what nobody says the chat of', () => {
  it('[L6] is not shown, and is looked for in our own transcript', () => {
    const { gate, ids, doubts } = aGate()
    gate.readToEnd()

    gate.item(aServiceMessage({ serviceId: 'bare', chainId: null, contactId: null }))
    gate.item({ kind: 'signal', event: 'ended', sender: null, contactId: null, chainId: null })
    gate.item({ kind: 'typing', signId: null, sender: theCustomer, contactId: null, chainId: null })

    expect(ids()).toEqual([])
    expect(doubts()).toBe(2)
  })

  it('[L6] is not shown either when the transcript does not name its chain', () => {
    const { gate, ids } = aGate()
    gate.item(theirs)
    gate.item(ours)

    gate.read([])
    gate.readToEnd()

    expect(ids()).toEqual([])
  })

  it('[L6] is ours when our own transcript has its contact', () => {
    const { gate, ids } = aGate()
    gate.item(theirs)
    gate.item(ours)

    gate.read([aServiceMessage({ serviceId: 'read', chainId: null, contactId: 'contact-1' })])
    gate.item(aServiceMessage({ serviceId: 'later', chainId: 'chain-1', contactId: 'contact-7' }))

    expect(ids()).toEqual(['ours', 'later'])
  })
})

it('lets receipts pass, which name no chat', () => {
  const { gate, ids } = aGate()
  gate.chain('chain-1')

  gate.item({ kind: 'receipts', signId: null, receipts: [], stopped: null })

  expect(ids()).toEqual(['receipts'])
})
