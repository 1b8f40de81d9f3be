import { deflateSync } from 'node:zlib'
import type { Random } from '../random.ts'
import { between } from '../random.ts'

const width = 480
const height = 320

/** A PNG of a wooden surface with a crack across it. */
export function paintPhoto(random: Random): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3))
  const waves = Array.from({ length: 3 }, () => ({
    length: between(random, 18, 60),
    shift: between(random, 0, 6),
  }))
  const crack = crackLine(random)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const grain = waves.reduce(
        (sum, wave) => sum + Math.sin((y + Math.sin(x / 70) * 9) / wave.length + wave.shift),
        0,
      )
      const isCrack = Math.abs(y - (crack[x] ?? 0)) < 2
      const shade = isCrack ? 0.25 : 0.82 + Math.round(grain * 4) / 60
      rows.set([170 * shade, 120 * shade, 72 * shade], y * (1 + width * 3) + 1 + x * 3)
    }
  return png(rows)
}

function crackLine(random: Random): readonly number[] {
  let y = between(random, height * 0.3, height * 0.7)
  return Array.from({ length: width }, () => (y += between(random, -2, 2)))
}

function png(rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(body.length, 0)
  framed.set(named, 4)
  framed.writeUInt32BE(checksum(named), named.length + 4)
  return framed
}

/** CRC-32 as PNG wants it. */
function checksum(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}
