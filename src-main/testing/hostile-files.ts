import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { seededRandom } from './simulation/seeded-random.ts'

export interface HostileFile {
  readonly name: string
  readonly kind: string
  readonly bytes: Buffer
}

type Random = () => number
type Maker = (random: Random, size: number) => Buffer

const text = (value: string): Buffer => Buffer.from(value, 'latin1')
const upTo = (random: Random, most: number): number => Math.floor(random() * most)

function noise(random: Random, size: number): Buffer {
  return Buffer.from(Array.from({ length: Math.min(size, 4096) }, () => upTo(random, 256)))
}

/** Fills the size with one part after the other, each of which leads to the next. */
function chain(start: Buffer, part: Buffer, size: number): Buffer {
  return Buffer.concat([start, Buffer.alloc(Math.max(0, size - start.length), part)])
}

function bigEndian(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4))
  return bytes
}

const pngStart = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngChunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([bigEndian(data.length), text(name), data, bigEndian(0)])
}

/** Its checksums are zeros: nothing here decodes it. */
export function png(width: number, height: number, ...chunks: readonly Buffer[]): Buffer {
  const header = Buffer.concat([bigEndian(width, height), Buffer.from([8, 6, 0, 0, 0])])
  return Buffer.concat([pngStart, pngChunk('IHDR', header), ...chunks])
}

export function gif(width: number, height: number, pictures: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16LE(width, 0)
  size.writeUInt16LE(height, 2)
  const control = Buffer.from('21f9040000000000', 'hex')
  const picture = Buffer.concat([control, text(',\0\0\0\0'), size, Buffer.from([0, 2, 2, 0x4c, 0x01, 0])])
  const all = Array.from({ length: pictures }, () => picture)
  return Buffer.concat([text('GIF89a'), size, Buffer.from([0, 0, 0]), ...all, text(';')])
}

export function jpeg(width: number, height: number, ...segments: readonly Buffer[]): Buffer {
  const frame = Buffer.alloc(19)
  frame.write('ffc0001108', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.from('ffd8', 'hex'), ...segments, frame, Buffer.from('ffda', 'hex')])
}

export function webp(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(20)
  header.write('RIFF')
  header.writeUInt32LE(12 + body.length, 4)
  header.write(`WEBP${name}`, 8)
  header.writeUInt32LE(body.length, 16)
  return Buffer.concat([header, body])
}

function zip(name: string, data: Buffer, claims: number): Buffer {
  const header = Buffer.alloc(30)
  header.write('PK\x03\x04', 'latin1')
  header.writeUInt16LE(data.length === 0 ? 0 : 8, 8)
  header.writeUInt32LE(data.length, 18)
  header.writeUInt32LE(claims >>> 0, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, text(name), data])
}

const longRuns = deflateRawSync(Buffer.alloc(4_000_000), { level: 9 })
const longProfile = Buffer.concat([text('x\0\0'), deflateSync(Buffer.alloc(9_000_000))])
const wrapped = gzipSync(gzipSync(gzipSync(Buffer.alloc(2_000_000))))

const makers: Readonly<Record<string, Maker>> = {
  nothing: () => Buffer.alloc(0),
  'one byte': (random) => noise(random, 1),
  noise: (random, size) => chain(noise(random, 64), noise(random, 4096), size),
  'byte-order marks': (_, size) => chain(Buffer.alloc(0), Buffer.from('efbbbf', 'hex'), size),
  'marks of UTF-16': (_, size) => chain(Buffer.alloc(0), Buffer.from('fffe', 'hex'), size),
  'empty ID3 tags': (_, size) => chain(Buffer.alloc(0), text('ID3\x04\0\0\0\0\0\0'), size),
  'ID3 tags that reach far': (_, size) => chain(text('ID3\x04\0\0\x7f\x7f\x7f\x7f'), text('ID3'), size),
  'empty PNG chunks': (_, size) => chain(png(9, 9), pngChunk('tEXt'), size),
  'empty animation chunks': (_, size) => chain(png(9, 9, pngChunk('acTL')), pngChunk('fdAT'), size),
  'a PNG chunk of four gigabytes': (_, size) => chain(png(9, 9), bigEndian(0xffffffff, 0x74455874), size),
  'EBML of empty elements': (_, size) =>
    chain(Buffer.from('1a45dfa3', 'hex'), Buffer.from('ec80', 'hex'), size),
  'EBML that nests': (_, size) => chain(Buffer.alloc(0), Buffer.from('1a45dfa3ff', 'hex'), size),
  'empty boxes of MP4': (_, size) => chain(text('\0\0\0\x10ftypisom\0\0\0\0'), text('\0\0\0\x08free'), size),
  'ASF objects': (_, size) => chain(Buffer.from('3026b2758e66cf11a6d9', 'hex'), Buffer.alloc(24, 1), size),
  'TIFF tags': (_, size) => chain(Buffer.from('49492a0008000000ffff', 'hex'), Buffer.alloc(12, 1), size),
  'blocks of a GIF of one byte': (_, size) =>
    chain(gif(9, 9, 1).subarray(0, 31), Buffer.from([1, 0]), Math.min(size, 64)).fill(1, 31, 63),
  'a GIF that never ends': (_, size) => chain(gif(9, 9, 1).subarray(0, 32), Buffer.from([1, 1]), size),
  'extensions of a GIF': (_, size) =>
    chain(gif(9, 9, 0).subarray(0, 13), Buffer.from('21fe0000', 'hex'), size),
  'markers of a JPEG': (_, size) => chain(Buffer.from('ffd8', 'hex'), Buffer.from('ffe00002', 'hex'), size),
  'fill bytes of a JPEG': (_, size) => chain(Buffer.from('ffd8', 'hex'), Buffer.from([0xff]), size),
  'a huge PNG': (random) => png(1 + upTo(random, 2 ** 32), 20_000, pngChunk('IDAT', noise(random, 300))),
  'a huge GIF': (random) => gif(10_000, 10_000, 1 + upTo(random, 40)),
  'a huge JPEG': (random) => jpeg(65_535, 1 + upTo(random, 65_535)),
  'a huge WebP': (random) => webp('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), noise(random, 6)])),
  'chunks of a WebP': (_, size) =>
    chain(webp('VP8X', Buffer.from('02000000090000090000', 'hex')), text('ANIM\0\0\0\0'), size),
  'a profile that inflates': () => png(9, 9, pngChunk('iCCP', longProfile)),
  'an archive that inflates': (random) => zip('[Content_Types].xml', longRuns, upTo(random, 2 ** 32)),
  'an archive that lies about its size': () => zip('mimetype', longRuns, 10),
  'an archive of empty files': (_, size) => chain(Buffer.alloc(0), zip('a', Buffer.alloc(0), 0), size),
  'an archive without sizes': (_, size) => {
    const entry = zip('word/a', Buffer.alloc(0), 0)
    entry.writeUInt16LE(8, 6)
    return chain(entry, text('PK\x07'), size)
  },
  'a gzip in a gzip': () => wrapped,
  'a PDF behind a picture': () => Buffer.concat([gif(9, 9, 1), text('%PDF-1.7\n'), zip('a', longRuns, 9)]),
  'a program behind a PDF': () => Buffer.concat([text('MZ%PDF-1.7\n'), text('\x7fELF')]),
  'a page that is a script': (_, size) => chain(text('<html><script>'), text('<!--'), size),
  'a tar of nothing': (_, size) => chain(Buffer.alloc(257), text('ustar\0'), Math.max(size, 512)),
}

const names: readonly string[] = [
  'cat.png',
  'photo.jpg',
  'x.gif',
  'a.webp',
  'invoice.pdf',
  'table.csv',
  'old.xls',
  'new.docx',
  'clip.mp4',
  'notes.txt',
  '\u202egnp.exe',
  'con.png',
  '../../etc/passwd',
  'a\0.png',
  ' .png',
  `${'x'.repeat(300)}.png`,
  '',
]

const megabyte = 1024 * 1024

/**
 * Files as somebody would make them who wants the reader of a file to work or to stumble: truncated, chained,
 * inflated, two things at once. Each is made when it is asked for; one in a hundred is a megabyte long.
 */
export function* hostileFiles(seed: number, count: number): Generator<HostileFile> {
  const random = seededRandom(seed)
  const kinds = Object.entries(makers)
  for (let index = 0; index < count; index += 1) {
    const [kind, make] = kinds[index % kinds.length] ?? ['nothing', () => Buffer.alloc(0)]
    const made = make(random, index % 101 === 100 ? megabyte : 64 + upTo(random, 20_000))
    const isCut = random() < 0.3
    const bytes = isCut ? made.subarray(0, upTo(random, made.length)) : made
    yield { name: names[upTo(random, names.length)] ?? '', kind: isCut ? `${kind}, cut off` : kind, bytes }
  }
}

/** One of each kind, of this size. */
export function* filesOfSize(size: number, seed: number): Generator<HostileFile> {
  const random = seededRandom(seed)
  for (const [kind, make] of Object.entries(makers)) {
    yield { name: 'cat.png', kind, bytes: make(random, size) }
  }
}
