import { describe, expect, it } from 'vitest'
import type { LocalFiles } from '../chat/local-files.ts'
import { UploadWorld, uploadChat } from '../testing/upload-world.ts'
import { PastedFiles } from './pasted-files.ts'

const nothing: LocalFiles = {
  inspect: () => Promise.reject(new Error('not asked')),
  open: () => Promise.reject(new Error('not asked')),
  preview: () => Promise.resolve(null),
}

describe('[B5] a picture that was pasted', () => {
  it('is told to be gone after a restart, and never taken for another one', async () => {
    const before = new PastedFiles(
      nothing,
      () => '',
      () => 1,
    )
    const path = before.keep(new Uint8Array(10))
    const after = new PastedFiles(
      nothing,
      () => '',
      () => 2,
    )

    await expect(after.inspect(path)).rejects.toMatchObject({
      failure: { code: 'file-unreadable', message: expect.stringContaining('Paste it again') as string },
    })
    expect(after.keep(new Uint8Array(10))).not.toBe(path)
  })

  it('is told so on its chip, which is there again', async () => {
    const before = new UploadWorld()
    await before.queue.stage('photo.png')
    const after = new UploadWorld(await before.store.loadUploads(uploadChat), (world) =>
      world.files.delete('photo.png'),
    )
    await after.clock.advance(0)

    expect(after.queue.list()).toMatchObject([{ name: 'photo.png', state: { phase: 'failed' } }])
  })
})
