import { flushPromises, mount } from '@vue/test-utils'
import fc from 'fast-check'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, type FunctionalComponent } from 'vue'
import { compareEntries, type Entry } from '#shared/entry.ts'
import { hostileEntry } from '#shared/testing/hostile-entries.ts'
import { hostileText } from '#shared/testing/hostile-parts.ts'
import { plantedMark } from '#shared/testing/hostile-texts.ts'
import { aChat, noon } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { buildRows } from './log-rows.ts'
import LogRowView from './LogRowView.vue'

const rounds = 140
const perRound = 25
const ownPicture = 'app://parley/picture/1'

const elements = new Set(
  (
    'DIV P SPAN B I STRONG EM CODE PRE BLOCKQUOTE UL OL LI BR HR A BDI BUTTON svg path FIGURE FIGCAPTION IMG ' +
    'DL DT DD TIME'
  ).split(' '),
)
const attributes = new Set(
  (
    'class href title rel start src alt type dir role tabindex disabled viewbox viewBox d ' +
    'datetime data-v-app aria-hidden aria-label aria-orientation aria-disabled aria-expanded'
  ).split(' '),
)

/** What stands on the page that no message may bring there. */
function intruders(root: ParentNode): readonly string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(elements.has(element.tagName) ? [] : [`<${element.tagName}>`]),
    ...[...element.attributes].flatMap(({ name, value }) => {
      if (!attributes.has(name)) return [`${element.tagName} ${name}="${value}"`]
      if (name === 'src' && value !== ownPicture) return [`src ${value}`]
      if (name === 'href' && !/^(https|mailto):/.test(value)) return [`href ${value}`]
      return []
    }),
  ])
}

const Log: FunctionalComponent<{ entries: readonly Entry[]; customer: string }> = ({ entries, customer }) => {
  const chat = aChat({ customer })
  return buildRows(entries, { ...chat, isDown: false }, noon).map((row) =>
    h(LogRowView, { key: row.id, row, chat, isFound: false }),
  )
}
Log.props = ['entries', 'customer']

describe(`a log of ${String(rounds * perRound)} hostile entries`, () => {
  const remote = vi.fn()

  afterEach(() => {
    document.body.replaceChildren()
  })

  function openLog() {
    vi.stubGlobal('fetch', remote)
    vi.stubGlobal('XMLHttpRequest', remote)
    vi.stubGlobal('alert', remote)
    const desk = new FakeDesk()
    desk.answer('attachment.preview', () => ({ url: ownPicture }))
    desk.answer('view.describe', () => ({ name: '<b onclick=x>', lines: ['<script>', '[x](javascript:x)'] }))
    const troubles: unknown[] = []
    const log = mount(Log, {
      props: { entries: [], customer: 'Ana' },
      global: {
        plugins: [createPinia()],
        config: {
          errorHandler: (error) => troubles.push(error),
          warnHandler: (warning) => troubles.push(warning),
        },
      },
      attachTo: document.body,
    })
    return { desk, log, troubles }
  }

  it('draws words and nothing else, loads nothing, and opens only what a browser may open', async () => {
    const { desk, log, troubles } = openLog()
    const batch = fc.array(hostileEntry, { minLength: perRound, maxLength: perRound })
    let drawn = 0

    const property = fc.asyncProperty(batch, hostileText, async (entries, customer) => {
      await log.setProps({ entries: entries.toSorted(compareEntries), customer })
      await flushPromises()
      for (const link of document.body.querySelectorAll('a')) link.click()
      drawn += document.body.querySelectorAll('.bub, .pick, .att, .shot, .sys').length

      expect(troubles).toEqual([])
      expect(intruders(document.body)).toEqual([])
      expect(remote).not.toHaveBeenCalled()
      expect(window).not.toHaveProperty(plantedMark)
    })
    await fc.assert(property, { numRuns: rounds, endOnFailure: true })

    expect(drawn).toBeGreaterThan((rounds * perRound) / 2)
    const opened = desk.inputsOf('link.open') as readonly { readonly url: string }[]
    expect(opened.length).toBeGreaterThan(100)
    expect(opened.filter(({ url }) => !/^(https|mailto):/.test(url))).toEqual([])
    const asked = new Set(desk.calls.map(({ name }) => name))
    expect([...asked].sort()).toEqual(['attachment.preview', 'link.open', 'view.describe'])
    log.unmount()
  }, 60_000)
})
