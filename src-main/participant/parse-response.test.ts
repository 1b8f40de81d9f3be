import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageBody } from '#shared/entry.ts'
import { parseChoice, parseResponse } from './parse-response.ts'

describe('a choice from a carousel', () => {
  it('is told with the card it was on', () => {
    const content = JSON.stringify({ templateIdentifier: 't', listTitle: 'Beds', selectionText: 'More' })

    expect(parseChoice(content)).toMatchObject({
      kind: 'template',
      template: { type: 'Response', fields: [{ label: 'Beds', value: 'More' }] },
    })
  })

  it.each(['{"selectionText":"More"}', 'plain words', '{', '{"order":"AH-1"}'])('is not %s', (content) => {
    expect(parseChoice(content)).toBeNull()
  })
})

const parse = (content: object) => parseResponse(JSON.stringify(content))

describe("a customer's answer", () => {
  it('typed while a guide is open is text like any other', () => {
    const typed = { templateType: 'ViewResource', action: ' ', data: { content: 'my parcel never came' } }

    expect(parse(typed)).toEqual({ kind: 'text', text: 'my parcel never came' })
    expect(parse({ action: '', data: 'my parcel never came' })).toEqual({
      kind: 'text',
      text: 'my parcel never came',
    })
  })

  it('in a form keeps every line that was filled in', () => {
    const data = {
      FirstName: 'Ada',
      urgent: true,
      parcels: ['A1', 'B2'],
      address: { street: 'Mill Lane 3', geo: {} },
      note: null,
    }

    const answer = { templateType: 'ViewResource', action: 'Submit', data }

    expect(parse(answer)).toEqual({
      kind: 'template',
      source: JSON.stringify(answer),
      template: {
        type: 'Response',
        title: '',
        subtitle: null,
        referenceId: null,
        action: 'Submit',
        fields: [
          { label: 'FirstName', value: 'Ada' },
          { label: 'urgent', value: 'yes' },
          { label: 'parcels', value: 'A1, B2' },
          { label: 'address › street', value: 'Mill Lane 3' },
          { label: 'address › geo', value: '' },
          { label: 'note', value: '' },
        ],
      },
    })
  })

  it('with other words beside the typed ones keeps both', () => {
    expect(parse({ action: ' ', data: { content: 'Hello', topic: 'Refund' } })).toMatchObject({
      template: {
        fields: [
          { label: 'content', value: 'Hello' },
          { label: 'topic', value: 'Refund' },
        ],
      },
    })
  })

  it('that asks for more choices says so, and nothing of the machinery behind it', () => {
    const data = { actionName: 'SHOW_MORE', preIndex: -1, nextIndex: 5, listId: 'a', referenceId: 'list-1' }

    expect(parse({ action: 'SHOW_MORE', data })).toMatchObject({
      template: { type: 'Response', action: 'SHOW_MORE', referenceId: 'list-1', fields: [] },
    })
  })

  it('that is no answer is none', () => {
    expect(parseResponse('not json')).toBeNull()
    expect(parseResponse('[1]')).toBeNull()
  })

  it('of any content is something sound', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (action, data) => {
        const parsed = parseResponse(JSON.stringify({ action, data }))
        if (parsed !== null) MessageBody.parse(parsed)
      }),
      { numRuns: 1000 },
    )
  })

  it('nested beyond reason is still something', () => {
    const content = `{"action":"x","data":${'['.repeat(15_000)}${']'.repeat(15_000)}}`

    expect(() => parseResponse(content)).not.toThrow()
  })
})
