/**
 * What a picture says about itself before anything of it is decoded. Read here and not by a library: those that were
 * looked at guess where the next marker of a JPEG stands, so that a picture can show them another size than the one
 * Chromium will decode. Whatever is not exactly as the formats say is null, and shown as a file.
 */
export interface PictureHeader {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  readonly width: number
  readonly height: number
  /** Parts of the bytes that together are its first picture alone; null when it does not move. */
  readonly still: readonly Uint8Array[] | null
}

/** Decoded, each takes four bytes: beyond this a picture costs the page its life, however small its file is. */
export const mostPixels = 40_000_000

export function pixelsOf({ width, height }: PictureHeader): number {
  return width * height
}

type Visit = () => void

class Hostile extends Error {}

/** Real pictures have some dozens of chunks, a long animation has hundreds. */
const mostChunks = 10_000
/** A GIF has one for each 255 bytes. */
const mostBlocks = 150_000

/** Of the whole picture or of enough of its beginning. `visited` is told each chunk, marker or block looked at. */
export function readPicture(bytes: Uint8Array, visited: Visit = () => undefined): PictureHeader | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let visits = 0
  const most = nameAt(data, 0) === 'GIF8' ? mostBlocks : mostChunks
  const visit = (): void => {
    visited()
    visits += 1
    if (visits > most) throw new Hostile('more parts than a picture has')
  }
  try {
    const found = readerOf(data)?.(data, visit) ?? null
    return found === null || found.width === 0 || found.height === 0 ? null : found
  } catch (error) {
    // Past the end of the bytes: it is cut off, or it lies.
    if (error instanceof Hostile || error instanceof RangeError) return null
    throw error
  }
}

type Reader = (data: Buffer, visit: Visit) => PictureHeader | null

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

function readerOf(data: Buffer): Reader | null {
  if (data.subarray(0, 8).equals(pngSignature)) return readPng
  if (data.length > 3 && data.readUIntBE(0, 3) === 0xffd8ff) return readJpeg
  if (/^GIF8[79]a$/.test(data.toString('latin1', 0, 6))) return readGif
  if (nameAt(data, 0) === 'RIFF' && nameAt(data, 8) === 'WEBP') return readWebp
  return null
}

function nameAt(data: Buffer, at: number): string {
  return data.toString('latin1', at, at + 4)
}

const chunkFrame = 12
const animationChunks: ReadonlySet<string> = new Set(['acTL', 'fcTL', 'fdAT'])

function readPng(data: Buffer, visit: Visit): PictureHeader | null {
  if (data.readUInt32BE(8) !== 13 || nameAt(data, 12) !== 'IHDR') return null
  const size = { width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
  const still: Buffer[] = []
  let isAnimated = false
  let keptFrom = 0
  let at = pngSignature.length
  while (at + chunkFrame <= data.length) {
    visit()
    const name = nameAt(data, at + 4)
    // What comes after the first picture matters only where there are others.
    if (name === 'IDAT' && !isAnimated) break
    const next = at + chunkFrame + data.readUInt32BE(at)
    if (animationChunks.has(name)) {
      isAnimated ||= name === 'acTL'
      if (at > keptFrom) still.push(data.subarray(keptFrom, at))
      keptFrom = next
    }
    at = next
  }
  return { contentType: 'image/png', ...size, still: isAnimated ? [...still, data.subarray(keptFrom)] : null }
}

function readJpeg(data: Buffer, visit: Visit): PictureHeader | null {
  let at = 2
  for (;;) {
    visit()
    if (data.readUInt8(at) !== 0xff) return null
    const marker = data.readUInt8(at + 1)
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) {
      return {
        contentType: 'image/jpeg',
        height: data.readUInt16BE(at + 5),
        width: data.readUInt16BE(at + 7),
        still: null,
      }
    } else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda)) return null
    else at += 2 + Math.max(2, data.readUInt16BE(at + 2))
  }
}

/** All but the tables that stand among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

const gifTrailer = Buffer.from([0x3b])

function readGif(data: Buffer, visit: Visit): PictureHeader | null {
  const width = data.readUInt16LE(6)
  const height = data.readUInt16LE(8)
  let at = 13 + tableBytes(data.readUInt8(10))
  at = skipExtensions(data, at, visit)
  if (data[at] !== 0x2c) return null
  // A first picture that is larger than its screen widens it.
  const right = data.readUInt16LE(at + 1) + data.readUInt16LE(at + 5)
  const bottom = data.readUInt16LE(at + 3) + data.readUInt16LE(at + 7)
  const end = skipBlocks(data, at + 11 + tableBytes(data.readUInt8(at + 9)), visit)
  const isAnimated = data[skipExtensions(data, end, visit)] === 0x2c
  return {
    contentType: 'image/gif',
    width: Math.max(width, right),
    height: Math.max(height, bottom),
    still: isAnimated ? [data.subarray(0, end), gifTrailer] : null,
  }
}

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

function skipExtensions(data: Buffer, from: number, visit: Visit): number {
  let at = from
  while (data[at] === 0x21) at = skipBlocks(data, at + 2, visit)
  return at
}

/** Blocks of up to 255 bytes each, the last one empty. What is cut off ends with the bytes. */
function skipBlocks(data: Buffer, from: number, visit: Visit): number {
  let at = from
  for (;;) {
    visit()
    const length = data[at]
    if (length === undefined) return data.length
    at += 1 + length
    if (length === 0) return at
  }
}

const riffHeader = 12

function readWebp(data: Buffer, visit: Visit): PictureHeader | null {
  const contentType = 'image/webp'
  const body = riffHeader + 8
  switch (nameAt(data, riffHeader)) {
    case 'VP8 ':
      if (data.readUIntBE(body + 3, 3) !== 0x9d012a) return null
      return {
        contentType,
        width: data.readUInt16LE(body + 6) & 0x3fff,
        height: data.readUInt16LE(body + 8) & 0x3fff,
        still: null,
      }
    case 'VP8L': {
      if (data.readUInt8(body) !== 0x2f) return null
      const bits = data.readUInt32LE(body + 1)
      return { contentType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, still: null }
    }
    case 'VP8X': {
      const isAnimated = (data.readUInt8(body) & 2) !== 0
      const size = { width: data.readUIntLE(body + 4, 3) + 1, height: data.readUIntLE(body + 7, 3) + 1 }
      if (!isAnimated) return { contentType, ...size, still: null }
      const still = firstWebpFrame(data, visit)
      return still === null ? null : { contentType, ...size, still }
    }
    default:
      return null
  }
}

const frameHeader = 16

/** The first frame as a picture of its own: its chunks behind a header that tells its size. */
function firstWebpFrame(data: Buffer, visit: Visit): readonly Uint8Array[] | null {
  let at = riffHeader
  while (at + 8 <= data.length) {
    visit()
    const length = data.readUInt32LE(at + 4)
    if (nameAt(data, at) === 'ANMF') {
      const chunks = data.subarray(at + 8 + frameHeader, at + 8 + length)
      const header = Buffer.alloc(riffHeader + 18)
      header.write('RIFF')
      header.writeUInt32LE(header.length - 8 + chunks.length, 4)
      header.write('WEBPVP8X', 8)
      header.writeUInt32LE(10, 16)
      header.writeUInt8(nameAt(chunks, 0) === 'VP8 ' ? 0 : 0x10, 20)
      // Width and height, as the frame has them.
      data.copy(header, 24, at + 8 + 6, at + 8 + 12)
      return [header, chunks]
    }
    at += 8 + length + (length % 2)
  }
  return null
}
