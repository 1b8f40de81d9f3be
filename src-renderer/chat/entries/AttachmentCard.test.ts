import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { useFiles } from '../../stores/files.ts'
import { useNotices } from '../../stores/notices.ts'
import { aChat, aChatId, anAttachment } from '../../testing/builders.ts'
import { FakeDesk } from '../../testing/fake-desk.ts'
import PanelFileRow from '../PanelFileRow.vue'
import AttachmentCard from './AttachmentCard.vue'

let desk: FakeDesk
const ended = { phase: 'ended', at: 0, reason: 'completed' } as const
const [document] = anAttachment().files
if (document === undefined) throw new Error('There is no file.')
const photo = { ...document, attachmentId: 'p1', name: 'photo.png', contentType: 'image/png' }

beforeEach(() => {
  desk = new FakeDesk()
  setActivePinia(createPinia())
  desk.answer('attachment.save', () => 'saved')
})

function aCard(part: Partial<Omit<Chat, 'chatId'>> = {}, file = document) {
  if (file === undefined) throw new Error('There is no file.')
  return mount(AttachmentCard, { props: { file, chat: aChat(part) } })
}

const names = (card: ReturnType<typeof aCard>) =>
  card.findAll('button').map((button) => button.attributes('aria-label'))

describe('a saved file', () => {
  it('can be shown in its folder from wherever it is drawn, and after it was scrolled away', async () => {
    const card = aCard()
    await card.find('[aria-label="Save order.pdf"]').trigger('click')
    await flushPromises()
    card.unmount()

    const row = mount(PanelFileRow, { props: { file: document, from: 'Amara', chat: aChat() } })

    expect(names(aCard())).toContain('Show order.pdf in folder')
    expect(row.find('[aria-label="Show order.pdf in folder"]').exists()).toBe(true)
  })

  it('among all is known too, and one that was not is told by name and reason', async () => {
    const failed = [{ name: 'b.pdf', reason: 'The scan took it back.' }]
    desk.answer('attachment.save-all', () => ({ saved: ['f1'], failed }))
    await useFiles().saveAll(aChatId())

    expect(names(aCard())).toContain('Show order.pdf in folder')
    expect(useNotices().shown[0]).toMatchObject({
      level: 'alert',
      title: '1 file saved.',
      detail: 'b.pdf: The scan took it back.',
    })
  })
})

describe('when the chat is over', () => {
  it('a file nobody has any more is not offered, and says so', async () => {
    desk.answer('attachment.kept', () => ({ attachmentIds: [] }))
    const card = aCard({ link: ended })
    await flushPromises()

    expect(card.text()).toContain('Can no longer be fetched')
    expect(names(card)).toEqual([])
  })

  it('a file that was fetched in time can still be saved', async () => {
    desk.answer('attachment.kept', () => ({ attachmentIds: ['f1'] }))
    const card = aCard({ link: ended })
    await flushPromises()

    expect(names(card)).toEqual(['Save order.pdf'])
  })
})

describe('a picture', () => {
  it('whose address died is fetched anew', async () => {
    const urls = ['app://console/picture/dead', 'app://console/picture/fresh']
    desk.answer('attachment.preview', () => ({ url: urls.shift() }))
    const card = aCard({}, photo)
    await flushPromises()

    await card.find('img').trigger('error')
    await flushPromises()

    expect(card.find('img').attributes('src')).toBe('app://console/picture/fresh')
  })

  it('that is no good itself becomes a card, and is not asked for in circles', async () => {
    desk.answer('attachment.preview', () => ({ url: 'app://console/picture/broken' }))
    const card = aCard({}, photo)
    await flushPromises()

    await card.find('img').trigger('error')
    await flushPromises()

    expect(card.find('img').exists()).toBe(false)
    expect(desk.inputsOf('attachment.preview')).toHaveLength(2)
  })

  it('that the line kept back is tried again after a while, and when the line is back', async () => {
    vi.useFakeTimers()
    desk.refuse('attachment.preview', 'unreachable', 'The line is down.')
    const card = aCard({}, photo)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(desk.inputsOf('attachment.preview')).toHaveLength(2)

    desk.answer('attachment.preview', () => ({ url: 'app://console/picture/a' }))
    await card.setProps({ chat: aChat({ link: { phase: 'connecting', since: 0 } }) })
    await vi.advanceTimersByTimeAsync(0)
    vi.useRealTimers()

    expect(card.find('img').exists()).toBe(true)
  })

  it('[K2] that moves stands still until it is played, and again when it is stopped', async () => {
    const [url, movingUrl] = ['app://console/picture/still', 'app://console/picture/moving']
    desk.answer('attachment.preview', () => ({ url, movingUrl }))
    const card = aCard({}, photo)
    await flushPromises()
    const shown = () => card.find('img').attributes('src')
    expect(shown()).toBe(url)

    await card.get('button[aria-label^="Play"]').trigger('click')
    expect(shown()).toBe(movingUrl)

    await card.get('button[aria-label^="Stop"]').trigger('click')
    expect(shown()).toBe(url)
  })

  it('[K2] [B4] that is too large is a card that says so and can be saved', async () => {
    desk.refuse('attachment.preview', 'too-large', 'Too many pixels.')
    const card = aCard({}, photo)
    await flushPromises()

    expect(card.text()).toContain('too large to show')
    expect(card.find('img').exists()).toBe(false)
    expect(names(card)).toEqual([`Save ${photo.name}`])
  })
})
