import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aMessage, ana, anAttachment, chatOf } from './testing/builders.ts'
import { inMemoryStore } from './testing/in-memory-store.ts'

const nothingRemoved: readonly string[] = []

async function storeWith(...texts: readonly string[]): Promise<ReturnType<typeof inMemoryStore>> {
  const store = inMemoryStore()
  const upserted = texts.map((text, index) => aMessage({ id: `m${index}`, at: index, seq: index, text }))
  await store.saveEntries(ana, { upserted, removed: nothingRemoved })
  return store
}

describe('find', () => {
  it('wants every word, takes beginnings of words and names the newest first', async () => {
    const store = await storeWith('My invoice is wrong', 'Invoices and refunds', 'A refund, then an INVOICE')

    expect(await store.find(ana, 'invo', 10)).toEqual(['m2', 'm1', 'm0'])
    expect(await store.find(ana, 'refund invoice', 10)).toEqual(['m2', 'm1'])
    expect(await store.find(ana, 'invo', 1)).toEqual(['m2'])
  })

  it('ignores case and accents in what was written and in what is sought', async () => {
    const store = await storeWith('Não recebi a fatura', 'Können Sie die Straße ändern?')

    expect(await store.find(ana, 'nao', 10)).toEqual(['m0'])
    expect(await store.find(ana, 'NÃO', 10)).toEqual(['m0'])
    expect(await store.find(ana, 'andern', 10)).toEqual(['m1'])
  })

  it('finds words in languages written without spaces', async () => {
    const store = await storeWith('注文番号は東京です', 'こんにちは')

    expect(await store.find(ana, '東京', 10)).toEqual(['m0'])
    expect(await store.find(ana, '京東', 10)).toEqual([])
  })

  it.each([
    ['4711', 'Your order ORD94711 left today'],
    ['0123', 'Call +44 7700 900123'],
    ['rechnung', 'Ihre Telefonrechnung ist da'],
    ['RECHN', 'Ihre Telefonrechnung ist da'],
    ['단보', '골판지단보루'],
    ['wiec', 'Adres: Świecie'],
    ['заказ', 'Подзаказчик'],
    ['47', 'A-4 94711'],
    ['lodz', 'Adres: Łódź'],
    ['strass', 'Hauptstraße 4'],
  ])('[H2] finds %s as a part of a word of "%s"', async (piece, text) => {
    const store = await storeWith(text, 'something else')

    expect(await store.find(ana, piece, 10)).toEqual(['m0'])
  })

  it('[H2] finds a part that thousands of words have', async () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `x${String(index)}piece${String(index)}`)
    const store = await storeWith(words.join(' '))

    expect(await store.find(ana, 'piece', 10)).toEqual(['m0'])
    expect(await store.find(ana, 'piece1234', 10)).toEqual(['m0'])
  })

  it('finds what a customer entered in a form', async () => {
    const store = inMemoryStore()
    const template = {
      type: 'Response',
      title: '',
      subtitle: null,
      referenceId: null,
      action: 'Submit',
      fields: [{ label: 'Order', value: 'Marigold' }],
    } as const
    const upserted = [aMessage({ id: 'm0', body: { kind: 'template', template } })]
    await store.saveEntries(ana, { upserted, removed: nothingRemoved })

    expect(await store.find(ana, 'order marigold', 10)).toEqual(['m0'])
  })

  it('finds files by name', async () => {
    const store = inMemoryStore()
    await store.saveEntries(ana, { upserted: [anAttachment({ fileName: 'März-Rechnung.pdf' })], removed: [] })

    expect(await store.find(ana, 'marz rech', 10)).toEqual(['entry-file'])
  })

  it('stays inside the conversation', async () => {
    const store = await storeWith('My invoice')
    await store.saveEntries(chatOf('chat-bo'), {
      upserted: [aMessage({ text: 'Another invoice' })],
      removed: [],
    })

    expect(await store.find(ana, 'invoice', 10)).toEqual(['m0'])
  })

  it('follows a message that changes and forgets one that goes', async () => {
    const store = await storeWith('first words', 'more words')

    await store.saveEntries(ana, { upserted: [aMessage({ id: 'm0', text: 'other text' })], removed: ['m1'] })

    expect(await store.find(ana, 'words', 10)).toEqual([])
    expect(await store.find(ana, 'other', 10)).toEqual(['m0'])
  })

  it('takes any text as words and never as a query', async () => {
    const store = await storeWith('say "hello" AND goodbye')
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(Array.isArray(await store.find(ana, text, 10))).toBe(true)
      }),
      { numRuns: 100 },
    )
    expect(await store.find(ana, '"hello"', 10)).toEqual(['m0'])
    expect(await store.find(ana, 'hello OR x', 10)).toEqual([])
    expect(await store.find(ana, '***', 10)).toEqual([])
  })
})
