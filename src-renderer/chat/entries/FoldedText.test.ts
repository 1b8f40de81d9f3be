import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import type { MessageBody as Body } from '#shared/entry.ts'
import { aChat, aMessage } from '../../testing/builders.ts'
import MessageBody from './MessageBody.vue'

const long = 'word '.repeat(12_000)
const bodies: readonly Body[] = [
  { kind: 'text', text: long },
  { kind: 'markdown', text: long },
  { kind: 'json', text: long },
  { kind: 'json', text: JSON.stringify({ note: long }) },
  { kind: 'unknown', contentType: 'text/html', summary: long },
]

function aBody(body: Body) {
  return mount(MessageBody, {
    props: { entry: aMessage({ body }), chat: aChat(), answer: null },
    global: { plugins: [createPinia()] },
  })
}

describe('[H9] a message that is longer than anybody writes', () => {
  it.each(bodies)('is laid out in part, says so, and is shown whole on request', async (body) => {
    const message = aBody(body)
    expect(message.text().length).toBeLessThan(2_300)
    const button = message.get('.folded button')
    expect(button.text()).toMatch(/^Show all, 5[78],\d{3} more characters$/)

    await button.trigger('click')
    expect(message.text()).toContain(long.trim())

    await button.trigger('click')
    expect(message.text().length).toBeLessThan(2_300)
  })
})
