import { describe, expect, it } from 'vitest'
import { ServiceError } from '../participant/service-error.ts'
import { UploadWorld, uploadChat } from '../testing/upload-world.ts'

const cut = new ServiceError('unreachable', 'cut')
const expired = new ServiceError('storage-refused', 'expired', { status: 403 })
const conflict = new ServiceError('conflict', 'already', { status: 409 })

describe('trouble on the way', () => {
  it.each([
    ['the network is cut', cut],
    ['its address ran out', expired],
  ])('starts over with a fresh address when %s', async (_, failure) => {
    const world = new UploadWorld()
    world.failures.put.push(failure)

    await world.stageAndSend()
    await world.clock.advance(1000)

    expect(world.steps).toEqual(['start', 'put', 'start', 'put', 'complete'])
    expect(world.completions).toMatchObject([{ attachmentId: 'file-2' }])
  })

  it('that does not pass is left to the agent, with nothing completed', async () => {
    const world = new UploadWorld()
    world.failures.put.push(expired, expired, expired, expired)

    const uploadId = await world.stageAndSend()
    await world.clock.advance(10_000)
    expect(world.queue.list()).toMatchObject([{ state: { code: 'storage-refused', canRetry: true } }])
    expect(world.completions).toEqual([])

    await world.queue.retry(uploadId)
    await world.clock.advance(0)
    expect(world.phases).toEqual(['scanning'])
  })

  it.each([
    [400, 'refused'],
    [402, 'quota'],
  ] as const)('with status %i at the start is final', async (status, code) => {
    const world = new UploadWorld()
    world.failures.start.push(new ServiceError(code, 'no', { status }))

    await world.stageAndSend()

    expect(world.queue.list()).toMatchObject([{ state: { phase: 'failed', code, canRetry: false } }])
  })

  it('at the completion is tried again with the same token', async () => {
    const world = new UploadWorld()
    world.failures.complete.push(cut, cut)

    await world.stageAndSend()
    await world.clock.advance(1000)

    expect(world.phases).toEqual(['scanning'])
    expect(new Set(world.completions.map(({ clientToken }) => clientToken)).size).toBe(1)
    expect(world.steps.filter((step) => step === 'put')).toHaveLength(1)
  })

  it('because it is completed already means that it is', async () => {
    const world = new UploadWorld()
    world.failures.complete.push(cut, conflict)

    await world.stageAndSend()
    await world.clock.advance(1000)

    expect(world.phases).toEqual(['scanning'])
  })

  it('with the line does not count as a try', async () => {
    const world = new UploadWorld()
    world.holdsPut = true
    await world.stageAndSend()

    for (let round = 0; round < 6; round += 1) {
      world.queue.shut()
      await world.clock.advance(0)
      world.queue.open()
      await world.clock.advance(0)
    }
    world.release()
    await world.clock.advance(0)

    expect(world.phases).toEqual(['scanning'])
  })
})

describe('after a crash', () => {
  const journaled = async (phase: 'sending' | 'completing') => {
    const before = new UploadWorld()
    if (phase === 'sending') before.holdsPut = true
    else before.failures.complete.push(cut)
    await before.stageAndSend()
    before.store.crash(0)
    return before.store.loadUploads(uploadChat)
  }

  it('a transfer starts over with a new attachment', async () => {
    const world = new UploadWorld(await journaled('sending'))
    await world.clock.advance(0)

    expect(world.steps).toEqual(['start', 'put', 'complete'])
  })

  it('a completion is repeated with its token, and the file is not sent again', async () => {
    const uploads = await journaled('completing')
    const world = new UploadWorld(uploads)
    await world.clock.advance(0)

    expect(world.steps).toEqual(['complete'])
    expect(world.completions).toEqual([{ attachmentId: 'file-1', clientToken: uploads[0]?.clientToken }])
  })

  it('a file that is gone fails cleanly', async () => {
    const world = new UploadWorld(
      (await journaled('sending')).map((upload) => ({ ...upload, path: 'gone.png' })),
    )
    await world.clock.advance(0)

    expect(world.queue.list()).toMatchObject([{ state: { phase: 'failed', code: 'file-unreadable' } }])
  })
})
