import { describe, expect, it } from 'vitest'
import { UploadWorld, uploadChat } from '../testing/upload-world.ts'

describe('[B5] a file that was added', () => {
  async function restarted(change: (world: UploadWorld) => void = () => undefined): Promise<UploadWorld> {
    const before = new UploadWorld()
    await before.queue.stage('photo.png')
    before.store.crash(0)
    const after = new UploadWorld(await before.store.loadUploads(uploadChat), change)
    await after.clock.advance(0)
    return after
  }

  it('is still there after a restart, with its picture, and leaves when it is sent', async () => {
    const world = await restarted()
    const [upload] = world.queue.list()

    expect(upload).toMatchObject({ name: 'photo.png', previewUrl: 'picture', state: { phase: 'staged' } })
    expect(world.steps).toEqual([])
    await world.queue.send([upload?.uploadId ?? ''])
    await world.clock.advance(0)
    expect(world.steps).toContain('start')
  })

  it.each<[string, (world: UploadWorld) => void]>([
    ['is gone', (world) => world.files.delete('photo.png')],
    [
      'has changed',
      (world) => {
        const file = world.files.get('photo.png')
        if (file !== undefined) world.files.set('photo.png', { ...file, modifiedAt: file.modifiedAt + 1 })
      },
    ],
  ])('says so after a restart when it %s', async (_, change) => {
    const world = await restarted(change)

    expect(world.queue.list()).toMatchObject([{ state: { phase: 'failed', code: 'file-unreadable' } }])
  })

  it('does not come back once it was removed', async () => {
    const world = new UploadWorld()
    const { uploadId } = await world.queue.stage('photo.png')

    await world.queue.cancel(uploadId)

    expect(await world.store.loadUploads(uploadChat)).toEqual([])
  })

  it('that failed is still there after a restart, with its reason, until it is removed or sent again', async () => {
    const before = new UploadWorld()
    before.addFile('notes.exe', { contentType: null })
    await before.queue.stage('notes.exe')
    before.store.crash(0)
    const after = new UploadWorld(await before.store.loadUploads(uploadChat))
    await after.clock.advance(0)
    const [upload] = after.queue.list()

    expect(upload).toMatchObject({
      name: 'notes.exe',
      state: { phase: 'failed', code: 'wrong-type', canRetry: false },
    })
    await after.queue.cancel(upload?.uploadId ?? '')
    expect(await after.store.loadUploads(uploadChat)).toEqual([])
  })
})
