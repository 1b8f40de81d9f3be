import { expect, it } from 'vitest'
import { aRawItem } from '../testing/raw-items.ts'
import { parseItem } from './parse-item.ts'

it.each([
  ['REJECTED', 'rejected'],
  ['FAILED', 'broken'],
  ['PROCESSING', null],
  [undefined, null],
])('a message whose processing is %s was stopped as: %s', (status, undelivered) => {
  const metadata = { MessageId: 'item-1', MessageProcessingStatus: status }

  expect(parseItem(aRawItem({ MessageMetadata: metadata }))).toMatchObject({ undelivered })
  expect(
    parseItem({ Type: 'MESSAGEMETADATA', AbsoluteTime: '2026-01-05T09:00:00Z', MessageMetadata: metadata }),
  ).toMatchObject({ stopped: undelivered === null ? null : { messageId: 'item-1', why: undelivered } })
})
