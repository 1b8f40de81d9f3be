import { describe, expect, it } from 'vitest'
import { aStoredChat } from '../testing/stored-chat.ts'
import { lossNotice } from './loss-notice.ts'

describe('the notice of a loss', () => {
  it('[L15] [C4] names those who were brought back as the agent knows them', () => {
    const back = [
      aStoredChat({ label: 'Order 4711', customer: 'Ana' }),
      aStoredChat({ customer: 'Bo' }),
      aStoredChat(),
    ]

    const notice = lossNotice({ conversations: 3, drafts: 1, messages: 0, files: 0 }, back)

    expect(notice?.detail).toContain('Brought back: Order 4711, Bo, Customer.')
    expect(notice?.detail).toContain('Lost: 1 draft.')
  })

  it('[L15] is none where all came back', () => {
    expect(lossNotice({ conversations: 1, drafts: 0, messages: 0, files: 0 }, [aStoredChat()])).toBeNull()
  })
})
