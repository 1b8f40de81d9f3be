/** A transcript item as the service writes it. */
export function aRawItem(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    AbsoluteTime: '2026-01-05T09:00:00.123Z',
    Content: 'Where is my order?',
    ContentType: 'text/plain',
    Id: 'item-1',
    Type: 'MESSAGE',
    ParticipantId: 'customer-1',
    DisplayName: 'Ana',
    ParticipantRole: 'CUSTOMER',
    ContactId: 'contact-1',
    ...change,
  }
}

export function anInteractiveItem(content: unknown): Record<string, unknown> {
  return aRawItem({
    ParticipantRole: 'SYSTEM',
    DisplayName: 'SYSTEM_MESSAGE',
    ContentType: 'application/vnd.amazonaws.connect.message.interactive',
    Content: JSON.stringify(content),
  })
}

export function aFrame(item: unknown): string {
  return JSON.stringify({ topic: 'aws/chat', contentType: 'application/json', content: JSON.stringify(item) })
}
