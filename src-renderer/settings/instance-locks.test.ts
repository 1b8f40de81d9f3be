import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { InstanceList } from '#shared/instance-settings.ts'
import { anInstanceList, anInstanceOf } from '../testing/instance-builders.ts'
import { SettingsPage } from '../testing/settings-page.ts'

let page: SettingsPage

async function openPage(list: InstanceList): Promise<void> {
  page = new SettingsPage(list)
  await page.open()
}

afterEach(() => {
  page.app.unmount()
})

describe('what cannot be changed', () => {
  it('is shown locked with who decided', async () => {
    await openPage(anInstanceList([anInstanceOf({ locked: ['attempts', 'fips'], switches: { fips: true } })]))
    await page.choose('Alder UK')

    expect(page.control('Attempts').attributes()).toHaveProperty('disabled')
    expect(page.control('FIPS').attributes()).toMatchObject({ 'aria-checked': 'true', disabled: '' })
    expect(page.described('Attempts')).toBe('Set by your administrator.')
  })

  it('is an instance of the administrator, which can still be tested', async () => {
    await openPage(anInstanceList([anInstanceOf({ isManaged: true })]))
    await page.choose('Alder UK')

    expect(page.app.find('.save-bar').exists()).toBe(false)
    expect(page.button('Test connection').attributes('disabled')).toBeUndefined()
    expect(page.app.get('.managed').text()).toContain('Set by your administrator')
  })

  it('is the place of an instance with open chats, and the instance itself', async () => {
    await openPage(anInstanceList([anInstanceOf({})]))
    await page.choose('Alder UK')

    expect(page.described('Region')).toBe('Stays as it is while its chats are open.')
    expect(page.control('Endpoint').attributes()).toHaveProperty('disabled')
    expect(page.button('Remove').attributes()).toHaveProperty('disabled')
  })

  it('goes only after a question, when no chat is open', async () => {
    await openPage(anInstanceList([anInstanceOf({ instanceId: 'us' })]))
    page.desk.answer('instances.remove', () => anInstanceList([]))
    await page.choose('Alder UK')
    await page.click('Remove')
    const asked = page.app.get('dialog h2').text()

    await page.app.get('dialog .btn-solid-danger').trigger('click')
    await flushPromises()

    expect(asked).toBe('Remove Alder UK?')
    expect(page.desk.inputsOf('instances.remove')).toEqual([{ instanceId: 'us' }])
    expect(page.app.find('.instances').exists()).toBe(false)
  })
})
