import { describe, expect, it } from 'vitest'
import { ServiceError } from '../participant/service-error.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import { aMessage } from '../store/testing/builders.ts'
import { aServiceMessage } from '../testing/service-items.ts'
import { Guides } from './guides.ts'

const template = JSON.stringify({ Title: 'Your booking', Text: '$.Seat' })
const entry = aMessage({ serviceId: 'item-1', at: 1000 })
const guide = aServiceMessage({
  serviceId: 'item-1',
  at: 1000,
  view: { token: 'secret', data: { Seat: '12A' } },
})

function aWorld(transcript: readonly ServiceItem[] = []) {
  const asked: string[] = []
  const failures: ServiceError[] = []
  const guides = new Guides({
    readTranscript: ({ start }) => {
      asked.push('transcript')
      const from = start !== undefined && 'time' in start ? start.time : Infinity
      // As a service does that leaves out the place it was told to start from.
      const items = transcript.filter((item) => 'at' in item && item.at > from)
      return Promise.resolve({ items, nextToken: null, at: null })
    },
    describeView: (token) => {
      asked.push(token)
      const failure = failures.shift()
      if (failure !== undefined) return Promise.reject(failure)
      return Promise.resolve({ name: 'Detail', inputSchema: '{}', template, actions: [] })
    },
  })
  return { guides, asked, failures }
}

describe('a guide', () => {
  it('is fetched once, with what its message said', async () => {
    const { guides, asked } = aWorld()
    guides.saw(guide)

    const first = guides.describe(entry)
    const again = guides.describe(entry)

    expect(await first).toEqual({ name: 'Detail', lines: ['Your booking', '12A'] })
    expect(await again).toEqual(await first)
    expect(await guides.describe(entry)).toEqual(await first)
    expect(asked).toEqual(['secret'])
  })

  it('of a message from before the app started is found by the time of it', async () => {
    const { guides, asked } = aWorld([aServiceMessage({ serviceId: 'item-0', at: 900 }), guide])

    expect(await guides.describe(entry)).toMatchObject({ name: 'Detail' })
    expect(asked).toEqual(['transcript', 'secret'])
  })

  it('that could not be fetched is fetched anew when asked again', async () => {
    const { guides, failures } = aWorld()
    guides.saw(guide)
    failures.push(new ServiceError('throttled', 'busy', { status: 429 }))
    await expect(guides.describe(entry)).rejects.toThrow('busy')

    expect(await guides.describe(entry)).toMatchObject({ name: 'Detail' })
  })

  it('the service no longer has is told in a sentence', async () => {
    const { guides } = aWorld()

    await expect(guides.describe(entry)).rejects.toMatchObject({ failure: { code: 'not-found' } })
    await expect(guides.describe(undefined)).rejects.toMatchObject({ failure: { code: 'not-found' } })
  })
})
