import type { ElectronApplication, Locator, Page } from '@playwright/test'

interface Meeting {
  readonly customerName: string
  readonly agent: { readonly participantToken: string }
}

/** What an agent sees and does, by role and accessible name. */
export class Console {
  readonly app: ElectronApplication
  readonly page: Page

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  get inbox(): Locator {
    return this.page.getByRole('list', { name: 'Inbox' })
  }

  /** The inbox button of a customer; its name begins with the customer's. */
  row(customer: string): Locator {
    return this.inbox.getByRole('button', { name: startingWith(customer) })
  }

  tab(customer: string): Locator {
    return this.page
      .getByRole('tablist', { name: 'Open chats' })
      .getByRole('tab', { name: startingWith(customer) })
  }

  log(customer: string): Locator {
    return this.page.getByRole('log', { name: `Conversation with ${customer}` })
  }

  composer(customer: string): Locator {
    return this.page.getByRole('textbox', { name: `Message to ${customer}` })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async startPractice(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Practice shift' }).check()
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /practice/i })
      .click()
  }

  async openPalette(): Promise<Locator> {
    await this.page.keyboard.press('ControlOrMeta+k')
    return this.page.getByRole('dialog', { name: 'Go to or do' })
  }

  async runCommand(name: string): Promise<void> {
    const palette = await this.openPalette()
    await palette.getByRole('combobox').fill(name)
    await this.page.keyboard.press('Enter')
  }

  async join(token: string, label: string): Promise<void> {
    await this.runCommand('Paste a participant token')
    const dialog = this.page.getByRole('dialog', { name: 'Paste a participant token' })
    await dialog.getByRole('textbox', { name: 'Participant token' }).fill(token)
    await dialog.getByRole('textbox', { name: 'Label' }).fill(label)
    await dialog.getByRole('button', { name: 'Join chat' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** Joins a contact and opens its conversation. */
  async meet(contact: Meeting): Promise<void> {
    await this.join(contact.agent.participantToken, contact.customerName)
    await this.open(contact.customerName)
  }

  async open(customer: string): Promise<void> {
    await this.row(customer).click()
    await this.log(customer).waitFor()
  }

  async send(customer: string, text: string): Promise<void> {
    await this.composer(customer).fill(text)
    await this.button('Send').click()
  }

  /** Answers the native open dialog in advance. */
  async openFrom(file: string): Promise<void> {
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
    }, file)
  }

  /** Answers the native save dialog in advance. */
  async saveTo(file: string): Promise<void> {
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
  }

  /** Answers the native folder dialog in advance. */
  async saveInto(folder: string): Promise<void> {
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
    }, folder)
  }

  /** Catches what would be shown in the file manager; returns what was. */
  async watchFolders(): Promise<() => Promise<readonly string[]>> {
    await this.app.evaluate(({ shell }) => {
      const shown: string[] = []
      Object.assign(globalThis, { shown })
      shell.showItemInFolder = (file) => {
        shown.push(file)
      }
    })
    return () => this.app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)
  }
}

function startingWith(name: string): RegExp {
  return new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
}
