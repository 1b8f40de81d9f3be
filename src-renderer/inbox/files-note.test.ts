import { describe, expect, it } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { outboxText } from '../shell/outbox-text.ts'
import { aChat, noon } from '../testing/builders.ts'
import { glyphOf, previewOf, rowName } from './row.ts'
import { tabGlyph, tabName } from './tabs.ts'

const turn = { waitingFor: 'customer', since: noon } as const

describe('[B5] files that the customer does not have', () => {
  it.each<[string, Chat['filesOut'], string, string]>([
    ['staged', { staged: 2, moving: 0, failed: 0 }, '2 files not sent yet', '2 files not sent yet'],
    ['on their way', { staged: 1, moving: 1, failed: 0 }, 'sending 1 file', 'Sending 1 file'],
    ['failed', { staged: 1, moving: 1, failed: 1 }, '1 file not sent', '1 file not sent'],
  ])('are marked on row and tab: %s', (...[, filesOut, words, preview]) => {
    const chat = aChat({ filesOut, turn })

    expect(rowName(chat, '', noon)).toContain(words)
    expect(previewOf(chat, '', noon).text).toBe(preview)
    expect(tabName(chat, noon).split(words)).toHaveLength(2)
    expect(tabGlyph(chat, noon)?.title).toBe(words)
  })

  it('show as trouble on the row when they failed', () => {
    expect(glyphOf(aChat({ filesOut: { staged: 0, moving: 0, failed: 1 } }), noon)?.tone).toBe('bad')
  })

  it('are in the outbox of the status bar', () => {
    const chats = [
      aChat({ outbox: { waiting: 1, failed: 0 }, filesOut: { staged: 2, moving: 1, failed: 0 } }),
      aChat({ chatId: 'jonas', filesOut: { staged: 0, moving: 0, failed: 1 } }),
    ]

    expect(outboxText(chats)).toBe('1 waiting, sending 1 file, 2 files not sent yet, 1 file not sent')
    expect(outboxText([aChat()])).toBe('empty')
  })
})
