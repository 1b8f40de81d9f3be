import { describe, expect, it } from 'vitest'
import { filesOfSize, gif, hostileFiles, jpeg, png, pngChunk, webp } from '../testing/hostile-files.ts'
import { hasPdfHeader, isProgram, isText, sniffedBytes, typeOfBytes } from './file-content.ts'
import { joined } from './joined.ts'
import { pixelsOf, readPicture } from './picture-header.ts'
import { safeName } from './safe-name.ts'

const mostVisits = 150_001
const twoMegabytes = 2 * 1024 * 1024

function visitsOf(bytes: Uint8Array): number {
  let visits = 0
  readPicture(bytes, () => (visits += 1))
  return visits
}

describe('2,000 files made to hurt', () => {
  it('[K1] [K2] none makes a reader throw, look further than it may, or show a name that is no name', async () => {
    for (const { name, kind, bytes } of hostileFiles(7, 2000)) {
      await expect(typeOfBytes(bytes), kind).resolves.not.toBeUndefined()
      const head = bytes.subarray(0, 64 * 1024)
      expect(() => [isText(head, false), isProgram(head), hasPdfHeader(head)], kind).not.toThrow()
      expect(visitsOf(bytes), kind).toBeLessThanOrEqual(mostVisits)
      expect(safeName(name)).not.toMatch(/[/\\\0]|^$/)
    }
  })

  it('[K1] the sniffer is shown 4 KB of a file and no more, however large it is', async () => {
    for (const { kind, bytes } of filesOfSize(twoMegabytes, 3)) {
      const seen: (string | number | symbol)[] = []
      const watched = new Proxy(bytes, {
        get(target, property) {
          seen.push(property)
          const value: unknown = Reflect.get(target, property, target)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
      })
      const [type, ofHead] = [await typeOfBytes(watched), await typeOfBytes(bytes.subarray(0, sniffedBytes))]

      expect(type, kind).toBe(ofHead)
      expect([...new Set(seen)], kind).toEqual(['subarray'])
    }
  })

  it('[K2] chains of two megabytes end after a bounded number of parts', () => {
    const visits = [...filesOfSize(twoMegabytes, 3)].map(({ bytes }) => visitsOf(bytes))

    expect(Math.max(...visits)).toBeLessThanOrEqual(mostVisits)
  })
})

describe('[K2] [B4] the size of a picture is read from its header', () => {
  it.each([
    ['a PNG', png(32_768, 15_694, pngChunk('IDAT')), 32_768 * 15_694],
    ['a PNG with large numbers', png(0xffffffff, 0xffffffff, pngChunk('IDAT')), 0xffffffff ** 2],
    ['a GIF', gif(10_000, 10_000, 1), 100_000_000],
    ['a JPEG', jpeg(20_000, 10_000), 200_000_000],
    [
      'a JPEG after fill bytes',
      jpeg(30_000, 20_000, Buffer.from('ffffffe1000400fff00f', 'hex').subarray(0, 8)),
      6e8,
    ],
    ['a WebP', webp('VP8X', Buffer.from('000000000f27000f2700', 'hex')), 100_000_000],
    ['a lossless WebP', webp('VP8L', Buffer.from('2fffffff0f00', 'hex')), 16_384 * 16_384],
    ['a lossy WebP', webp('VP8 ', Buffer.from('0000009d012aff3fff3f', 'hex')), 16_383 * 16_383],
  ])('of %s', (_, bytes, pixels) => {
    const picture = readPicture(bytes)

    expect(picture === null ? null : pixelsOf(picture)).toBe(pixels)
  })

  it('of a GIF whose first picture is larger than its screen', () => {
    const bytes = gif(10, 10, 1)
    bytes.writeUInt16LE(60_000, 26)

    expect(readPicture(bytes)).toMatchObject({ width: 60_000, height: 10 })
  })

  it.each([
    [
      'a JPEG that hides its size behind something that is no marker',
      jpeg(9, 9, Buffer.from('00ffc0', 'hex')),
    ],
    ['a JPEG without a size', Buffer.from('ffd8ffe00002ffda', 'hex')],
    ['a PNG that begins with another chunk', Buffer.concat([png(9, 9).subarray(0, 8), pngChunk('tEXt')])],
    ['a picture without extent', png(0, 10)],
    ['a cut-off header', png(9, 9).subarray(0, 20)],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])('and not of %s', (_, bytes) => {
    expect(readPicture(bytes)).toBeNull()
  })
})

describe('[K2] what moves is shown standing still', () => {
  const stillOf = async (bytes: Buffer) => {
    const still = readPicture(bytes)?.still ?? null
    return still === null ? null : await joined(still)
  }

  it('a GIF by its first picture', async () => {
    expect(await stillOf(gif(9, 9, 40))).toEqual(gif(9, 9, 1))
    expect(await stillOf(gif(9, 9, 1))).toBeNull()
  })

  it('a PNG without the chunks that move it', async () => {
    const [control, data, end] = [pngChunk('acTL', Buffer.alloc(8)), pngChunk('IDAT'), pngChunk('IEND')]
    const moving = png(9, 9, control, pngChunk('fcTL'), data, pngChunk('fcTL'), pngChunk('fdAT'), end)

    expect(await stillOf(moving)).toEqual(png(9, 9, data, end))
    expect(await stillOf(png(9, 9, data, end))).toBeNull()
  })

  it('a WebP by its first frame', async () => {
    const frame = Buffer.concat([
      Buffer.alloc(6),
      Buffer.from('0300000400000a000000', 'hex'),
      Buffer.from('VP8 data'),
    ])
    const length = Buffer.alloc(4)
    length.writeUInt32LE(frame.length)
    const chunks = Buffer.concat([
      Buffer.from('02000000090000090000', 'hex'),
      Buffer.from('ANMF'),
      length,
      frame,
    ])
    const moving = webp('VP8X', chunks)
    moving.writeUInt32LE(10, 16)

    const still = await stillOf(moving)

    expect(still === null ? null : readPicture(still)).toMatchObject({ width: 4, height: 5, still: null })
    expect(still?.subarray(-8).toString()).toBe('VP8 data')
  })
})
