import { expect, it } from 'vitest'
import { anUpload } from '../testing/builders.ts'
import { filesLeft } from './files-left.ts'

it('[B5] says of each kind of file on its way what ending the chat means for it', () => {
  const uploads = [
    anUpload({ state: { phase: 'staged' } }),
    anUpload({ state: { phase: 'sending', sentBytes: 1 } }),
    anUpload({ state: { phase: 'waiting' } }),
    anUpload({ state: { phase: 'scanning' } }),
    anUpload({ state: { phase: 'delivered' } }),
    anUpload({ state: { phase: 'failed', code: 'denied', reason: 'No.', canRetry: true } }),
  ]

  expect(filesLeft(uploads)).toEqual([
    'One file is added but not sent and will not be sent.',
    '2 files are still being sent and have to arrive or be cancelled first.',
    'One file is not sent and will not reach the customer.',
    'One file is still being scanned and may not reach the customer.',
  ])
  expect(filesLeft([])).toEqual([])
})
