import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { ServiceError } from '../participant/service-error.ts'
import { UploadWorld, uploadChat } from '../testing/upload-world.ts'

const shown = (attachmentId: string, status: 'in-progress' | 'approved' | 'rejected' = 'approved') => [
  { attachmentId, name: 'photo.png', contentType: 'image/png', status, bytes: null },
]

describe('a chosen file', () => {
  it('waits as a chip until the agent sends it', async () => {
    const world = new UploadWorld()

    await world.queue.stage('photo.png')
    await world.clock.advance(60_000)

    expect(world.queue.list()).toMatchObject([
      {
        name: 'photo.png',
        contentType: 'image/png',
        bytes: 1000,
        previewUrl: 'picture',
        state: { phase: 'staged' },
      },
    ])
    expect(world.steps).toEqual([])
  })

  it('that cannot be sent says why', async () => {
    const world = new UploadWorld()
    world.addFile('empty.png', { bytes: 0 })

    await world.queue.stage('empty.png')

    expect(world.queue.list()).toMatchObject([
      { state: { phase: 'failed', code: 'empty-file', canRetry: false } },
    ])
  })

  it('[B3] whose content is not what its name says is sent only once the agent was asked', async () => {
    const world = new UploadWorld()
    world.addFile('photo.jpg')
    const { uploadId } = await world.queue.stage('photo.jpg')
    await world.queue.send([uploadId])
    expect(world.queue.list()).toMatchObject([
      { doubt: 'This is PNG named .jpg. Send it all the same?', state: { phase: 'staged' } },
    ])
    expect(world.steps).toEqual([])

    await world.queue.sendAnyway(uploadId)
    await world.clock.advance(0)

    expect(world.queue.list()).toMatchObject([{ doubt: null }])
    expect(world.steps).toContain('complete')
  })

  it('counts those already waiting', async () => {
    const world = new UploadWorld()
    world.filesUsed = 34
    await world.queue.stage('photo.png')

    await world.queue.stage('photo.png')

    expect(world.queue.list()[1]).toMatchObject({ state: { code: 'too-many-files' } })
  })

  it('goes through start, transfer and completion, and is delivered once the chat shows it', async () => {
    const world = new UploadWorld()

    await world.stageAndSend()
    expect(world.steps).toEqual(['start', 'put', 'complete'])
    expect(world.phases).toEqual(['scanning'])

    world.queue.appeared(shown('file-1'))
    expect(world.phases).toEqual(['delivered'])

    await world.clock.advance(5000)
    expect(world.phases).toEqual([])
  })

  it('that cannot be put into the journal stays staged', async () => {
    const world = new UploadWorld()
    const { uploadId } = await world.queue.stage('photo.png')
    world.store.break(new DeskError('disk-full', 'The disk is full.'))

    await expect(world.queue.send([uploadId])).rejects.toMatchObject({ failure: { code: 'disk-full' } })

    expect(world.phases).toEqual(['staged'])
    expect(world.steps).toEqual([])
  })

  it('is told about when it was delivered but does not show up', async () => {
    const world = new UploadWorld()
    await world.stageAndSend()

    await world.clock.advance(6000)

    expect(world.missed).toBe(1)
  })

  it('that the scan rejects says so', async () => {
    const world = new UploadWorld()
    await world.stageAndSend()

    world.queue.appeared(shown('file-1', 'in-progress'))
    expect(world.phases).toEqual(['scanning'])
    world.queue.appeared(shown('file-1', 'rejected'))

    expect(world.queue.list()).toMatchObject([{ state: { phase: 'failed', code: 'rejected-by-scan' } }])
  })

  it('that changed since it was chosen is not sent', async () => {
    const world = new UploadWorld()
    const { uploadId } = await world.queue.stage('photo.png')
    world.addFile('photo.png', { modifiedAt: 2 })

    await world.queue.send([uploadId])
    await world.clock.advance(0)

    expect(world.queue.list()).toMatchObject([{ state: { code: 'file-unreadable', canRetry: false } }])
    expect(world.steps).toEqual([])
  })
})

describe('the agent', () => {
  it('can cancel a transfer, and nothing is completed', async () => {
    const world = new UploadWorld()
    world.holdsPut = true
    const uploadId = await world.stageAndSend()
    expect(world.phases).toEqual(['sending'])

    await world.queue.cancel(uploadId)
    world.release()
    await world.clock.advance(10_000)

    expect(world.phases).toEqual([])
    expect(world.completions).toEqual([])
    expect(await world.store.loadUploads(uploadChat)).toEqual([])
  })

  it('can dismiss the chip of what has arrived, which comes back only with bad news', async () => {
    const world = new UploadWorld()
    const uploadId = await world.stageAndSend()
    expect(world.phases).toEqual(['scanning'])

    await world.queue.cancel(uploadId)
    expect(world.phases).toEqual([])

    world.queue.appeared(shown('file-1', 'rejected'))
    expect(world.phases).toEqual(['failed'])
  })

  it('can dismiss what is being completed, and it is completed all the same', async () => {
    const world = new UploadWorld()
    world.failures.complete.push(new ServiceError('unreachable', 'The line is down.'))
    const uploadId = await world.stageAndSend()
    expect(world.phases).toEqual(['completing'])

    await world.queue.cancel(uploadId)
    await world.clock.advance(1000)

    expect(world.phases).toEqual([])
    expect(world.completions).toHaveLength(2)
    expect(await world.store.loadUploads(uploadChat)).toEqual([])
  })

  it('takes away the chip of a failed file', async () => {
    const world = new UploadWorld()
    world.addFile('empty.png', { bytes: 0 })
    const { uploadId } = await world.queue.stage('empty.png')

    await world.queue.cancel(uploadId)

    expect(world.phases).toEqual([])
  })
})

it('takes no more files once the chat is over, and ends those on their way', async () => {
  const world = new UploadWorld()
  world.holdsPut = true
  await world.stageAndSend()

  world.queue.finish()
  await world.clock.advance(0)

  expect(world.queue.list()).toMatchObject([
    { state: { phase: 'failed', code: 'chat-ended', canRetry: false } },
  ])
  await expect(world.queue.stage('photo.png')).rejects.toMatchObject({ failure: { code: 'chat-ended' } })
  expect(world.completions).toEqual([])
})

it('does not say of a file that arrived that it was not sent', async () => {
  const world = new UploadWorld()
  await world.stageAndSend()

  world.queue.finish()

  expect(world.queue.list()[0]?.state).toMatchObject({
    phase: 'failed',
    reason: 'The file arrived, but the chat ended before its scan. The customer may not have it.',
  })
})

it('does not say of a file whose completion nobody confirmed that it was not sent', async () => {
  const world = new UploadWorld()
  world.failures.complete.push(new ServiceError('unreachable', 'The line is down.'))
  await world.stageAndSend()

  world.queue.finish()

  expect(world.queue.list()[0]?.state).toMatchObject({
    phase: 'failed',
    reason: 'The chat ended before this file was confirmed. The customer may not have it.',
  })
})

describe('ending the chat', () => {
  it('waits for a file on its way', async () => {
    const world = new UploadWorld()
    world.holdsPut = true
    await world.stageAndSend()
    let isDrained = false
    const drained = world.queue.drained().then(() => (isDrained = true))
    await world.clock.advance(1000)
    expect(isDrained).toBe(false)

    world.release()
    await world.clock.advance(1000)
    await drained
  })

  it('does not wait for ever, nor for files that are only staged', async () => {
    const world = new UploadWorld()
    await world.queue.stage('photo.png')
    await world.queue.drained()
    world.holdsPut = true
    await world.stageAndSend()

    const drained = world.queue.drained()
    drained.catch(() => undefined)
    await world.clock.advance(20_000)

    await expect(drained).rejects.toThrow(/^1 file is still being sent/)
  })
})
