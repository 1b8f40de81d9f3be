import { flushPromises, mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import type { InstanceEdit, InstanceList, Issue } from '#shared/instance-settings.ts'
import type { Snapshot } from '#shared/model.ts'
import App from '../App.vue'
import { aChat, anInstance, aSnapshot } from './builders.ts'
import { FakeDesk } from './fake-desk.ts'

const oneChat = { instances: [anInstance()], chats: [aChat()] }

/** The settings of the whole page, as somebody uses them. */
export class SettingsPage {
  readonly desk = new FakeDesk()
  readonly app: VueWrapper

  constructor(list: InstanceList, part: Partial<Snapshot> = oneChat) {
    window.sessionStorage.clear()
    this.desk.answer('instances.check', () => ({ issues: [] }))
    this.desk.answer('desk.snapshot', () => aSnapshot(part))
    this.desk.answer('instances.list', () => list)
    this.app = mount(App, { global: { plugins: [createPinia()] }, attachTo: document.body })
  }

  button(name: string): DOMWrapper<Element> {
    const found = this.app
      .findAll('button')
      .find((one) => (one.attributes('aria-label') ?? one.text()).trim() === name)
    if (found === undefined) throw new Error(`There is no button "${name}".`)
    return found
  }

  async open(): Promise<void> {
    await flushPromises()
    await this.click('Settings')
  }

  async click(name: string): Promise<void> {
    await this.button(name).trigger('click')
    await flushPromises()
  }

  async choose(label: string): Promise<void> {
    const row = this.app.findAll('.instances button').find((one) => one.text().includes(label))
    await row?.trigger('click')
    await flushPromises()
  }

  async save(): Promise<void> {
    await this.app.get('form.instance').trigger('submit')
    await flushPromises()
  }

  /** The control that a label names. */
  control(label: string): Omit<DOMWrapper<HTMLInputElement>, 'exists'> {
    const found = this.app.findAll('label').find((one) => one.text() === label)
    return this.app.get<HTMLInputElement>(`[id="${found?.attributes('for') ?? label}"]`)
  }

  async type(label: string, text: string): Promise<void> {
    await this.control(label).setValue(text)
    await flushPromises()
  }

  valueOf(label: string): string {
    return this.control(label).element.value
  }

  /** What assistive technology adds to the name of a control. */
  described(label: string): string {
    const ids = (this.control(label).attributes('aria-describedby') ?? '').split(' ')
    return ids.map((id) => document.getElementById(id)?.textContent ?? `no ${id}`).join(' | ')
  }

  refuseWith(...issues: readonly Issue[]): void {
    this.desk.answer('instances.check', () => ({ issues }))
    this.desk.answer('instances.save', () => ({ outcome: 'invalid', issues }))
  }

  /** What main was last asked to check. */
  get checked(): InstanceEdit {
    return this.desk.inputsOf('instances.check').at(-1) as InstanceEdit
  }
}
