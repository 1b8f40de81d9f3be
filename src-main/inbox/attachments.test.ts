import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { MemoryShelf } from '../platform/memory-shelf.ts'
import { PictureShelf } from '../platform/picture-shelf.ts'
import { SealedShelf } from '../platform/sealed-shelf.ts'
import { writeWhole } from '../platform/whole-file.ts'
import { FileConversation } from '../testing/file-conversation.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { gif, png, pngChunk } from '../testing/hostile-files.ts'
import { AttachmentCopies } from './attachment-copies.ts'
import { Attachments } from './attachments.ts'

const aPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let folder: string
let shelf: SealedShelf
let clock: ManualClock
let chat: FileConversation
/** One picture fits beside another, a third does not. */
let pictures: PictureShelf

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-attachments-'))
  shelf = await SealedShelf.open(path.join(folder, 'sealed'), 10_000_000)
  clock = new ManualClock()
  chat = new FileConversation()
  pictures = new PictureShelf(aPng.length * 2)
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function aDesk({ mayKeep = true, chosen = path.join(folder, 'saved.bin') } = {}) {
  const copies = new AttachmentCopies({
    clock,
    shelf: mayKeep ? shelf : new MemoryShelf(10),
    download: ({ url }) => chat.download(url),
  })
  const dialogs = {
    chooseFile: () => Promise.resolve(chosen),
    chooseOpenFile: () => Promise.resolve(null),
    chooseFolder: () => Promise.resolve(folder),
    showInFolder: () => undefined,
  }
  return { copies, attachments: new Attachments({ dialogs, pictures, copies, writeWhole }) }
}

const isKept = async (id: string) => {
  await expect.poll(() => shelf.has(`chat-1 ${id}`)).toBe(true)
}
const idOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)

describe('a preview', () => {
  it('that had to make room is shown again under an address that works', async () => {
    const { attachments } = aDesk({ mayKeep: false })
    for (const id of ['a', 'b', 'c']) chat.add(id, aPng)
    const first = await attachments.preview(chat, 'a')
    expect(await attachments.preview(chat, 'a')).toEqual(first)
    await attachments.preview(chat, 'b')
    await attachments.preview(chat, 'c')
    expect(await pictures.find(idOf(first.url))).toBeNull()

    const again = await attachments.preview(chat, 'a')

    expect(await pictures.find(idOf(again.url))).toMatchObject({ bytes: aPng })
  })

  it('that is asked for twice at a time is fetched once', async () => {
    const { attachments } = aDesk()
    chat.add('a', aPng)

    const [one, other] = await Promise.all([attachments.preview(chat, 'a'), attachments.preview(chat, 'a')])

    expect(one).toEqual(other)
    expect(chat.fetched).toEqual(['a'])
  })

  it('that failed is tried anew', async () => {
    const { attachments } = aDesk()
    chat.add('a', aPng)
    chat.failures.push(new DeskError('unreachable', 'The line is down.'))
    await expect(attachments.preview(chat, 'a')).rejects.toMatchObject({ failure: { code: 'unreachable' } })

    expect(await pictures.find(idOf((await attachments.preview(chat, 'a')).url))).not.toBeNull()
  })

  it('of bytes that make the reader stumble is refused with a sentence', async () => {
    const { attachments } = aDesk()
    chat.add('a', Buffer.from('II*'))

    await expect(attachments.preview(chat, 'a')).rejects.toMatchObject({ failure: { code: 'wrong-type' } })
  })
})

describe('a picture that would hurt', () => {
  it('[K2] [B4] is not shown by the size in its header, and can be saved', async () => {
    const { attachments } = aDesk()
    chat.add('wide', png(32_768, 15_694, pngChunk('IDAT')))
    chat.add('square', gif(10_000, 10_000, 1))

    for (const id of ['wide', 'square']) {
      await expect(attachments.preview(chat, id)).rejects.toMatchObject({
        failure: {
          code: 'too-large',
          message: expect.stringContaining('pixels is too large to show') as string,
        },
      })
      expect(await attachments.save(chat, id)).toBe('saved')
    }
  })

  it('[K2] stands still until it is asked to move, and does not move where that takes too much', async () => {
    pictures = new PictureShelf()
    const { attachments } = aDesk()
    chat.add('small', gif(90, 90, 40))
    chat.add('large', gif(5000, 5000, 40))
    chat.add('still', gif(90, 90, 1))

    const [small, large, still] = [
      await attachments.preview(chat, 'small'),
      await attachments.preview(chat, 'large'),
      await attachments.preview(chat, 'still'),
    ]

    expect(await pictures.find(idOf(small.url))).toMatchObject({ bytes: { length: gif(90, 90, 1).length } })
    expect(await pictures.find(idOf(small.movingUrl ?? ''))).toMatchObject({
      bytes: { length: gif(90, 90, 40).length },
    })
    expect(await pictures.find(idOf(large.url))).toMatchObject({
      bytes: { length: gif(5000, 5000, 1).length },
    })
    expect([large.movingUrl, still.movingUrl]).toEqual([null, null])
  })
})

describe('when the chat is over', () => {
  it('what the customer sent can be looked at and saved all the same', async () => {
    const { copies, attachments } = aDesk()
    chat.add('a', aPng)
    copies.collect(chat)
    await isKept('a')
    chat.end()

    expect(await attachments.save(chat, 'a')).toBe('saved')

    expect(await readFile(path.join(folder, 'saved.bin'))).toEqual(aPng)
    expect(await pictures.find(idOf((await attachments.preview(chat, 'a')).url))).not.toBeNull()
    expect(chat.fetched).toEqual(['a'])
  })

  it('what was not fetched before is refused with a sentence, and says so by name among others', async () => {
    const { copies, attachments } = aDesk()
    chat.add('a', aPng)
    copies.collect(chat)
    await isKept('a')
    chat.add('late', aPng)
    chat.end()

    await expect(attachments.save(chat, 'late')).rejects.toMatchObject({ failure: { code: 'chat-ended' } })
    expect(await attachments.saveAll(chat)).toEqual({
      saved: ['a'],
      failed: [{ name: 'late.png', reason: 'The chat is over.' }],
    })
  })
})

describe('copies', () => {
  it('are made once the line is better', async () => {
    const { copies } = aDesk()
    chat.add('a', aPng)
    chat.failures.push(new DeskError('unreachable', 'The line is down.'))
    copies.collect(chat)
    await expect.poll(() => chat.asked).toBe(1)

    await clock.advance(15_000)

    await isKept('a')
  })

  it('go with their chat, and are not made of what is larger than the shelf', async () => {
    const { copies, attachments } = aDesk()
    chat.add('a', aPng)
    copies.collect(chat)
    await isKept('a')
    await copies.keepOnly([])
    expect(attachments.kept(chat)).toEqual([])

    const careful = aDesk({ mayKeep: false })
    careful.copies.collect(chat)
    await careful.attachments.preview(chat, 'a')

    expect(careful.attachments.kept(chat)).toEqual([])
  })

  it('on their way when the chat goes do not stay', async () => {
    const { copies, attachments } = aDesk()
    chat.add('a', aPng)
    copies.collect(chat)
    expect(attachments.kept(chat)).toEqual(['a'])

    await copies.keepOnly([])

    await expect.poll(() => attachments.kept(chat)).toEqual([])
    expect(shelf.has('chat-1 a')).toBe(false)
  })

  it('leave alone what the agent sent and what did not pass the scan', async () => {
    const { copies } = aDesk()
    chat.add('mine', aPng, { isOwn: true })
    chat.add('rejected', aPng, { status: 'rejected' })
    chat.add('a', aPng)
    copies.collect(chat)

    await isKept('a')
    expect(chat.fetched).toEqual(['a'])
  })
})
