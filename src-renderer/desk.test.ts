import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { onPush, request, stageFile } from './desk.ts'
import { aChatId } from './testing/builders.ts'
import { FakeDesk } from './testing/fake-desk.ts'

describe('desk', () => {
  it('opens the envelope of an answer', async () => {
    const desk = new FakeDesk()
    desk.answer('chat.send', () => ({ entryId: 'e7' }))

    const answer = await request('chat.send', { chatId: aChatId(), text: 'Hi', contentType: 'text/plain' })

    expect(answer).toEqual({ entryId: 'e7' })
  })

  it('throws what main refused, with its code and sentence', async () => {
    const desk = new FakeDesk()
    desk.refuse('contact.close', 'not-found', 'This contact is gone.')

    const asking = request('contact.close', { chatId: aChatId() })

    await expect(asking).rejects.toBeInstanceOf(DeskError)
    await expect(asking).rejects.toMatchObject({
      failure: { code: 'not-found', message: 'This contact is gone.' },
    })
  })

  it('asks without input where the contract has none', async () => {
    const desk = new FakeDesk()

    await request('window.minimize')

    expect(desk.calls).toEqual([{ name: 'window.minimize', input: undefined }])
  })

  it('passes on only the pushes that were asked for, until it is stopped', () => {
    const desk = new FakeDesk()
    const seen: number[] = []
    const stop = onPush('desk.patch', ({ revision }) => seen.push(revision))

    desk.push('desk.other', { revision: 1 })
    desk.push('desk.patch', { revision: 2, changes: [] })
    stop()
    desk.push('desk.patch', { revision: 3, changes: [] })

    expect(seen).toEqual([2])
  })

  it('hands a file over as it is', async () => {
    const desk = new FakeDesk()

    const staged = await stageFile(aChatId(), new File(['x'], 'label.pdf'))

    expect(staged).toEqual({ uploadId: 'label.pdf' })
    expect(desk.staged).toEqual([{ chatId: 'amara', name: 'label.pdf' }])
  })
})
