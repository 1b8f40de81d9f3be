import { describe, expect, it } from 'vitest'
import { Transcript } from '../chat/transcript.ts'
import { parseFrames } from '../participant/parse-frame.ts'
import { parseItem } from '../participant/parse-item.ts'
import { isPlaced } from '../participant/service-item.ts'

describe('frames without content', () => {
  it.each([
    ['{"topic":"aws/heartbeat"}', { kind: 'heartbeat' }],
    ['{"topic":"aws/ping","statusCode":200,"statusContent":"OK"}', { kind: 'ping', isHealthy: true }],
    ['{"topic":"aws/ping","statusCode":500}', { kind: 'ping', isHealthy: false }],
    ['{"message":"Forbidden","connectionId":"a","requestId":"b"}', { kind: 'forbidden' }],
  ])('says what %s means', (text, frame) => {
    expect(parseFrames(text)).toEqual([frame])
  })
})

describe('items that came without a role', () => {
  const whole = {
    Id: 'item-1',
    AbsoluteTime: '2026-01-05T09:00:00.000Z',
    ContactId: 'contact-1',
    ParticipantId: 'customer-1',
    ParticipantRole: 'CUSTOMER',
    DisplayName: 'Ana',
  }

  function readTwice(said: object) {
    const transcript = new Transcript(() => 'entry-1', { entries: [], ownId: 'agent-1' })
    const { ParticipantRole: _role, ...bare } = { ...whole, ...said }
    for (const [raw, source] of [
      [bare, 'socket'],
      [{ ...whole, ...said }, 'newer-page'],
    ] as const) {
      const item = parseItem(raw)
      if (item !== null && isPlaced(item)) transcript.merge([item], source)
    }
    return transcript.entries
  }

  it.each([
    { Type: 'MESSAGE', ContentType: 'text/plain', Content: 'Hello' },
    { Type: 'EVENT', ContentType: 'application/vnd.amazonaws.connect.event.participant.joined' },
    {
      Type: 'ATTACHMENT',
      Attachments: [
        { AttachmentId: 'file-1', AttachmentName: 'a.txt', ContentType: 'text/plain', Status: 'APPROVED' },
      ],
    },
  ])('are the customer’s once the transcript says so: $Type', (said) => {
    expect(readTwice(said)).toMatchObject([{ sender: { role: 'customer', name: 'Ana' } }])
  })
})
