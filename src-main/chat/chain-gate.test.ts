import { describe, expect, it } from 'vitest'
import type { ServiceItem } from '../participant/service-item.ts'
import { aServiceMessage } from '../testing/service-items.ts'
import { ChainGate } from './chain-gate.ts'

function aGate(contactId: string | null = null) {
  const taken: ServiceItem[] = []
  const gate = new ChainGate(
    () => contactId,
    (item) => taken.push(item),
  )
  const ids = () => taken.map((item) => ('serviceId' in item ? item.serviceId : item.kind))
  return { gate, ids }
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

  it('keeps a transferred chat together', () => {
    const { gate, ids } = aGate('contact-1')
    gate.chain('chain-1')

    gate.item(aServiceMessage({ serviceId: 'later', chainId: 'chain-1', contactId: 'contact-9' }))

    expect(ids()).toEqual(['later'])
  })
})

describe('a service that does not say which chat an item is for', () => {
  it('is believed', () => {
    const { gate, ids } = aGate()

    gate.item(aServiceMessage({ serviceId: 'bare', chainId: null }))

    expect(ids()).toEqual(['bare'])
  })

  it('is believed once its transcript has not told either', () => {
    const { gate, ids } = aGate()
    gate.item(ours)

    gate.open()

    expect(ids()).toEqual(['ours'])
  })
})

it('lets receipts pass, which name no chat', () => {
  const { gate, ids } = aGate()
  gate.chain('chain-1')

  gate.item({ kind: 'receipts', signId: null, receipts: [], stopped: null })

  expect(ids()).toEqual(['receipts'])
})
