import { describe, expect, it } from 'vitest'
import { ChatRecord, parseRecord } from './records.ts'
import { aStoredChat } from './testing/builders.ts'

describe('the record of a chat', () => {
  it('is believed without the place of its instance, which earlier versions did not write', () => {
    const { instance: _, draft: __, ...earlier } = aStoredChat()

    expect(parseRecord(ChatRecord, JSON.stringify(earlier))).toEqual({ ...earlier, instance: null })
  })

  it('is believed with more about its instance than this version knows', () => {
    const instance = { label: 'Main', tag: 'UW2', region: 'us-west-2', endpoint: null }
    const later = { ...aStoredChat(), instance: { ...instance, feed: 'https://feed.test' } }

    expect(parseRecord(ChatRecord, JSON.stringify(later))?.instance).toEqual(instance)
  })
})
