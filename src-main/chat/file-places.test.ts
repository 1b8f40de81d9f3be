import { expect, it } from 'vitest'
import fc from 'fast-check'
import type { Transcript } from './transcript.ts'
import { aServiceFile, aServiceMessage } from '../testing/service-items.ts'
import { aTranscript } from '../testing/transcripts.ts'
import { countFiles } from './chat-summary.ts'

const scanning = aServiceFile({ serviceId: 'scan', at: 1000, status: 'in-progress' })
const between = aServiceMessage({ serviceId: 'between', at: 1500 })
const verdict = aServiceFile({ serviceId: 'verdict', at: 2000, status: 'approved' })

const shown = (transcript: Transcript) =>
  transcript.entries.map((entry) =>
    entry.kind === 'attachment'
      ? entry.files.map(({ attachmentId, status }) => `${attachmentId} ${status}`)
      : [],
  )

it('a verdict in an item of its own settles the card that is there', () => {
  const transcript = aTranscript()
  transcript.merge([scanning, between], 'socket')

  expect(transcript.merge([verdict], 'socket')).toEqual([])

  expect(shown(transcript)).toEqual([['file-1 approved'], []])
  expect(countFiles(transcript.entries)).toEqual({ used: 1, received: 1 })
})

it('a file is one card at its first place, whatever order and however often its items come', () => {
  const sources = fc.constantFrom('socket' as const, 'newer-page' as const, 'older-page' as const)
  const item = fc.constantFrom(scanning, between, verdict)
  const history = fc.array(fc.tuple(fc.array(item, { maxLength: 4 }), sources), { maxLength: 6 })
  const property = fc.property(history, (steps) => {
    const transcript = aTranscript()
    for (const [items, source] of steps) {
      const isPage = source !== 'socket'
      transcript.merge(isPage ? items.toSorted((a, b) => a.at - b.at) : items, source)
    }
    transcript.merge([scanning, between, verdict], 'newer-page')

    expect(shown(transcript)).toEqual([['file-1 approved'], []])
  })

  fc.assert(property, { numRuns: 500 })
})

it('a file read back from the disk is known by its attachment', () => {
  const before = aTranscript()
  before.merge([scanning], 'socket')
  const transcript = aTranscript(before.entries)

  transcript.merge([scanning, verdict], 'newer-page')

  expect(shown(transcript)).toEqual([['file-1 approved']])
})

it('of two files in one item, the one shown elsewhere stays there', () => {
  const transcript = aTranscript()
  transcript.merge([scanning], 'socket')
  const [first] = verdict.files
  if (first === undefined) throw new Error('There is no file.')
  const both = { ...verdict, files: [first, { ...first, attachmentId: 'file-2' }] }

  transcript.merge([both], 'socket')
  transcript.merge([both], 'newer-page')

  expect(shown(transcript)).toEqual([['file-1 approved'], ['file-2 approved']])
})
