import { describe, expect, it } from 'vitest'
import type { Upload } from '#shared/model.ts'
import { anUpload } from '../testing/builders.ts'
import { fileKind, summariseUploads, uploadView } from './uploads.ts'

describe('uploadView', () => {
  it.each<[Upload['state'], string, number | null]>([
    [{ phase: 'staged' }, 'PDF · 4.2 MB', null],
    [{ phase: 'waiting' }, 'Waiting, 4.2 MB', 0],
    [{ phase: 'sending', sentBytes: 2_100_000 }, '2.1 of 4.2 MB', 0.5],
    [{ phase: 'completing' }, 'Finishing', 1],
    [{ phase: 'scanning' }, 'Being scanned', 1],
    [{ phase: 'delivered' }, 'Delivered', null],
    [
      { phase: 'failed', code: 'too-large', reason: 'Too large: 31 MB, limit 20 MB', canRetry: false },
      'Too large: 31 MB, limit 20 MB',
      null,
    ],
  ])('says how far %j is', (state, text, share) => {
    expect(uploadView(anUpload({ state }))).toMatchObject({ text, share })
  })

  it('has no progress to show for an empty file', () => {
    expect(uploadView(anUpload({ bytes: 0, state: { phase: 'sending', sentBytes: 0 } })).share).toBe(0)
  })
})

describe('summariseUploads', () => {
  it('counts by what the agent can do about them', () => {
    const failed = { phase: 'failed', code: 'refused', reason: 'No.', canRetry: false } as const
    const uploads = [anUpload({ state: { phase: 'scanning' } }), anUpload({ state: failed })]

    expect(summariseUploads(uploads)).toBe('2 files: 1 uploading, 1 not sent')
  })
})

describe('fileKind', () => {
  it.each([
    ['IMG_4412.jpg', 'image/jpeg', 'JPG'],
    ['noending', 'application/pdf', 'PDF'],
  ])('%s is a %s', (name, contentType, kind) => {
    expect(fileKind(name, contentType)).toBe(kind)
  })
})
