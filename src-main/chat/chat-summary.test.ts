import { describe, expect, it } from 'vitest'
import { aMessage } from '../store/testing/builders.ts'
import { aStoredChat } from '../testing/stored-chat.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import type { SummaryFacts } from './chat-summary.ts'
import { summarize } from './chat-summary.ts'
import { ServiceTime } from './service-time.ts'

function previewOf(entries: SummaryFacts['entries']) {
  const facts: SummaryFacts = {
    stored: aStoredChat(),
    link: { phase: 'live', since: 0 },
    entries,
    time: new ServiceTime(new ManualClock()),
    unread: 0,
    draft: '',
    typingUntil: null,
    outbox: { waiting: 0, failed: 0 },
    files: { used: 0, received: 0 },
    maxFiles: 35,
    maxCharacters: 1024,
  }
  return summarize(facts).preview
}

describe('the preview of a chat', () => {
  it('says what the customer entered in a form', () => {
    const template = {
      type: 'Response',
      title: '',
      subtitle: null,
      referenceId: null,
      action: 'Submit',
      fields: [{ label: 'Order', value: 'Marigold' }],
    } as const

    expect(previewOf([aMessage({ body: { kind: 'template', template } })])).toEqual({
      who: 'customer',
      text: 'Submit · Order: Marigold',
      isFile: false,
    })
  })
})
