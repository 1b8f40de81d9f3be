/** One event of a server-sent-events stream (HTML standard, 9.2.6): its name and its data lines joined. */
export interface StreamEvent {
  readonly name: string
  readonly body: string
}

/** Reads events out of a byte stream until it ends. Comments and fields we do not use are passed over. */
export async function* readEvents(stream: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of stream) {
    rest = (rest + decoder.decode(bytes, { stream: true })).replaceAll('\r\n', '\n')
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = parseBlock(block)
      if (event !== null) yield event
    }
  }
}

function parseBlock(block: string): StreamEvent | null {
  const fields = block.split('\n').map(splitField)
  const body = fields.filter(([field]) => field === 'data').map(([, value]) => value)
  if (body.length === 0) return null
  const name = fields.findLast(([field]) => field === 'event')?.[1] ?? 'message'
  return { name, body: body.join('\n') }
}

function splitField(line: string): readonly [field: string, value: string] {
  const colon = line.indexOf(':')
  if (colon < 0) return [line, '']
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}
