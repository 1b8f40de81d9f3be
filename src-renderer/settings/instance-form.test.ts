import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InstanceList } from '#shared/instance-settings.ts'
import { anInstanceList, anInstanceOf } from '../testing/instance-builders.ts'
import { SettingsPage } from '../testing/settings-page.ts'

let page: SettingsPage

async function openPage(
  list: InstanceList,
  part?: ConstructorParameters<typeof SettingsPage>[1],
): Promise<void> {
  page = new SettingsPage(list, part)
  await page.open()
}

afterEach(() => {
  page.app.unmount()
})

describe('the list of instances', () => {
  it('names each with its place, and who decided', async () => {
    await openPage(
      anInstanceList([
        anInstanceOf({ instanceId: 'uk', texts: { label: 'Alder UK' } }),
        anInstanceOf({
          instanceId: 'lab',
          isManaged: true,
          texts: { label: 'Lab', endpoint: 'https://lab.test' },
        }),
      ]),
    )

    expect(
      page.app
        .findAll('.instances .ln')
        .map((row) => [...row.element.children].map((part) => part.textContent.trim())),
    ).toEqual([
      ['UK', 'Alder UK', 'eu-west-2', '1 chat'],
      ['UK', 'Lab', 'eu-west-2 · https://lab.test', 'Set by your administrator'],
    ])
  })

  it('can be reached and added to before there is any chat', async () => {
    await openPage(anInstanceList([]), {})
    await page.click('Add an instance')

    expect(document.activeElement).toBe(page.control('Label').element)
    expect(page.valueOf('Region')).toBe('us-east-1')
  })
})

describe('the form of an instance', () => {
  beforeEach(() =>
    openPage(
      anInstanceList([anInstanceOf({}), anInstanceOf({ instanceId: 'us', texts: { label: 'Alder US' } })]),
    ),
  )

  it('sends what is typed to be checked, and shows what is wrong beside its field', async () => {
    await page.choose('Alder UK')
    page.refuseWith({ field: 'attempts', sentence: 'Type a whole number from 1 to 10.' })

    await page.type('Attempts', 'many')
    await flushPromises()

    expect(page.checked).toMatchObject({
      instanceId: 'uk',
      draft: { texts: { attempts: 'many' } },
    })
    expect(page.control('Attempts').attributes('aria-invalid')).toBe('true')
    expect(page.described('Attempts')).toContain('Type a whole number from 1 to 10.')
    expect(page.app.get('.save-bar').text()).toContain('One setting needs a change.')
  })

  it('keeps what is typed while another instance or a chat is looked at', async () => {
    await page.choose('Alder UK')
    await page.type('Attempts', 'many')
    await page.choose('Alder US')
    const other = page.valueOf('Attempts')
    await page.app.get('[role="listitem"] button').trigger('click')
    await flushPromises()
    await page.click('Settings')
    await page.choose('Alder UK')

    expect([other, page.valueOf('Attempts')]).toEqual(['3', 'many'])
  })

  it('leads to the first wrong field when it cannot be saved', async () => {
    await page.choose('Alder UK')
    await page.type('Attempts', 'many')
    page.refuseWith({ field: 'attempts', sentence: 'No.' })

    await page.save()

    expect(document.activeElement).toBe(page.control('Attempts').element)
    expect(page.valueOf('Attempts')).toBe('many')
  })

  it('says what the disk said, and keeps everything', async () => {
    await page.choose('Alder UK')
    await page.type('Attempts', '7')
    page.desk.refuse('instances.save', 'read-only', 'Parley may not write. Nothing was changed.')

    await page.save()

    expect(page.app.get('.save-bar [role="alert"]').text()).toBe('Parley may not write. Nothing was changed.')
    expect(page.valueOf('Attempts')).toBe('7')
  })

  it('shows what was saved, and keeps what was typed meanwhile', async () => {
    await page.choose('Alder UK')
    await page.type('Attempts', '7')
    let answer: (value: unknown) => void = () => undefined
    page.desk.answer('instances.save', () => new Promise((resolve) => (answer = resolve)))
    await page.app.get('form.instance').trigger('submit')
    await page.type('Longest wait', '9')

    answer({
      outcome: 'saved',
      instanceId: 'uk',
      list: anInstanceList([anInstanceOf({ texts: { attempts: '7' } })]),
    })
    await flushPromises()

    expect([page.valueOf('Attempts'), page.valueOf('Longest wait')]).toEqual(['7', '9'])
    expect(page.app.get('.save-bar').text()).toContain('Not saved yet.')
  })

  it('believes only the last check', async () => {
    await page.choose('Alder UK')
    const answers: ((value: unknown) => void)[] = []
    page.desk.answer('instances.check', () => new Promise((resolve) => answers.push(resolve)))
    await page.type('Attempts', 'x')
    await page.type('Attempts', '5')

    answers[1]?.({ issues: [] })
    answers[0]?.({ issues: [{ field: 'attempts', sentence: 'Old.' }] })
    await flushPromises()

    expect(page.control('Attempts').attributes('aria-invalid')).toBe('false')
  })

  it('goes back to a default with one button, which is there only when it does something', async () => {
    await page.choose('Alder UK')
    const name = 'Reset Attempts to its default, 3'
    expect(page.app.find(`[aria-label="${name}"]`).exists()).toBe(false)
    await page.type('Attempts', '7')

    await page.click(name)

    expect(page.valueOf('Attempts')).toBe('3')
    expect(page.described('Attempts')).toContain('Default: 3.')
  })

  it('offers fields of the proxy only where they count', async () => {
    await page.choose('Alder UK')
    const before = page.app.text().includes('Proxy address')

    await page.click('Manual')
    await page.type('Proxy address', 'http://proxy.test:3128')

    expect(before).toBe(false)
    expect(page.checked.draft).toMatchObject({
      proxyMode: 'manual',
      texts: { proxyUrl: 'http://proxy.test:3128' },
    })
  })

  it('[A1] says what a test of the connection found', async () => {
    await page.choose('Alder UK')
    const socket = { isOpen: false, sentence: 'Live connections to chat.test do not get through.' }
    page.desk.answer('instances.reach', () => ({
      outcome: 'reached',
      host: 'chat.test',
      milliseconds: 12,
      socket,
    }))
    await page.click('Test connection')
    const reached = page.app.get('[aria-label="Connection test"]').text()
    page.desk.answer('instances.reach', () => ({
      outcome: 'failed',
      sentence: 'The proxy refused the connection (403).',
    }))
    await page.click('Test connection')

    expect(reached).toBe(`chat.test answered after 12 ms. ${socket.sentence}`)
    expect(page.app.get('[aria-label="Connection test"]').text()).toBe(
      'The proxy refused the connection (403).',
    )
  })

  it('adds and removes a certificate by what is in it', async () => {
    await page.choose('Alder UK')
    const certificates = [{ subject: 'Alder Root', expiresAt: Date.UTC(2001, 0, 1) }]
    const authority = { authorityId: 'a1', fileName: null, certificates, trouble: null }
    page.desk.answer('instances.pick-authority', () => ({ outcome: 'picked', authority }))

    await page.click('Add a file')
    const shown = page.app.get('[aria-label="Extra certificates"]').text()
    const added = page.checked.draft.authorityIds
    await page.click('Remove Alder Root')

    expect(shown).toMatch(/Alder Root\s*expired on/)
    expect([added, page.checked.draft.authorityIds]).toEqual([['a1'], []])
  })
})
