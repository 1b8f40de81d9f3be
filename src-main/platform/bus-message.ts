/** One method call on the session bus; every argument is a string. */
export interface BusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly args: readonly string[]
}

export type BusAnswer =
  /** `isTrue`: the body is a true boolean, in a variant or not. */
  { readonly state: 'answered'; readonly isTrue: boolean } | { readonly state: 'refused' }

interface Received {
  readonly replyTo: number | null
  readonly answer: BusAnswer | null
  readonly bytes: number
}

const callType = 1
const returnType = 2
const errorType = 3
const replySerialField = 5
const fixedHeaderBytes = 16

/** A D-Bus message, little-endian, as its specification lays it out (version 1 of the protocol). */
export function encodeCall(serial: number, call: BusCall): Buffer {
  const body = new Writer()
  for (const arg of call.args) body.string(arg)
  const header = new Writer()
  header.bytes([0x6c, callType, 0, 1])
  header.uint32(body.length)
  header.uint32(serial)
  const fields = new Writer()
  fields.field(1, 'o', call.path)
  fields.field(2, 's', call.interface)
  fields.field(3, 's', call.member)
  fields.field(6, 's', call.destination)
  if (call.args.length > 0) fields.field(8, 'g', 's'.repeat(call.args.length))
  header.uint32(fields.length)
  // The fields begin at byte 16, where every alignment is as if they began at zero.
  return Buffer.concat([header.take(), fields.take(8), body.take()])
}

/** The first message in `buffer`, or null while it has not arrived whole. Throws when it is no message at all. */
export function decodeMessage(buffer: Buffer): Received | null {
  if (buffer.length < fixedHeaderBytes) return null
  const reader = new Reader(buffer)
  const type = reader.type
  const bodyBytes = reader.uint32At(4)
  const fieldBytes = reader.uint32At(12)
  const bodyStart = align(fixedHeaderBytes + fieldBytes, 8)
  const bytes = bodyStart + bodyBytes
  if (buffer.length < bytes) return null
  const replyTo = reader.replySerial(fixedHeaderBytes + fieldBytes)
  if (type === errorType) return { replyTo, answer: { state: 'refused' }, bytes }
  if (type !== returnType) return { replyTo, answer: null, bytes }
  // Only yes and no are ever read from a body: a boolean is its last four bytes.
  const isTrue = bodyBytes >= 4 && reader.uint32At(bytes - 4) === 1
  return { replyTo, answer: { state: 'answered', isTrue }, bytes }
}

class Writer {
  #bytes = Buffer.alloc(0)

  get length(): number {
    return this.#bytes.length
  }

  bytes(added: readonly number[]): void {
    this.#bytes = Buffer.concat([this.#bytes, Buffer.from(added)])
  }

  uint32(value: number): void {
    this.#pad(4)
    const added = Buffer.alloc(4)
    added.writeUInt32LE(value)
    this.#bytes = Buffer.concat([this.#bytes, added])
  }

  string(text: string): void {
    const encoded = Buffer.from(text, 'utf8')
    this.uint32(encoded.length)
    this.bytes([...encoded, 0])
  }

  field(code: number, signature: 'o' | 's' | 'g', value: string): void {
    this.#pad(8)
    this.bytes([code, 1, signature.charCodeAt(0), 0])
    if (signature === 'g') this.bytes([value.length, ...Buffer.from(value, 'latin1'), 0])
    else this.string(value)
  }

  take(padTo = 1): Buffer {
    this.#pad(padTo)
    return this.#bytes
  }

  #pad(to: number): void {
    this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(align(this.length, to) - this.length)])
  }
}

class Reader {
  readonly #buffer: Buffer
  readonly #isLittle: boolean

  constructor(buffer: Buffer) {
    const order = String.fromCharCode(buffer[0] ?? 0)
    if (order !== 'l' && order !== 'B') throw new Error('This is not a D-Bus message')
    this.#buffer = buffer
    this.#isLittle = order === 'l'
  }

  get type(): number {
    return this.#buffer[1] ?? 0
  }

  uint32At(offset: number): number {
    return this.#isLittle ? this.#buffer.readUInt32LE(offset) : this.#buffer.readUInt32BE(offset)
  }

  /** Walks the header fields, all of which are strings but two numbers. */
  replySerial(end: number): number | null {
    let at = fixedHeaderBytes
    while (at + 4 < end) {
      const code = this.#buffer[at]
      const signature = String.fromCharCode(this.#buffer[at + 2] ?? 0)
      const value = at + 4
      if (code === replySerialField) return this.uint32At(value)
      if (signature === 'g') at = value + 1 + (this.#buffer[value] ?? 0) + 1
      else if (signature === 'u') at = value + 4
      else at = value + 4 + this.uint32At(value) + 1
      at = align(at, 8)
    }
    return null
  }
}

function align(offset: number, to: number): number {
  return Math.ceil(offset / to) * to
}
