import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Locator } from '@playwright/test'
import type { Console } from '../../e2e/console.ts'

const chats = 3
const formats = [
  { format: /text/i, extension: 'txt' },
  { format: /JSON/, extension: 'json' },
]
const replies = [
  'Thanks for waiting. Let me check that for you, one moment.',
  'I have found the order. The refund goes back to the card you paid with, within 3 to 5 working days.',
]

/**
 * From the first run to the transcripts on disk, at the pace of the practice customers.
 * @returns the files it left in the folder
 */
export async function playShift(desk: Console, folder: string): Promise<readonly string[]> {
  const shift = new Shift(desk, folder)
  await shift.picture('1-first-run')
  await desk.startPractice()
  const customers = await shift.openChats()
  for (const customer of customers) await shift.converse(customer)
  await shift.picture('2-conversations-light')
  await shift.picture('3-conversations-dark', 'dark')
  await shift.palette()
  await shift.export(customers[0] ?? '')
  return shift.files
}

class Shift {
  readonly files: string[] = []
  readonly #desk: Console
  readonly #folder: string

  constructor(desk: Console, folder: string) {
    this.#desk = desk
    this.#folder = folder
  }

  async picture(name: string, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    const file = path.join(this.#folder, `${name}.png`)
    await this.#desk.page.emulateMedia({ colorScheme })
    await this.#desk.page.screenshot({ path: file, animations: 'disabled' })
    await this.#desk.page.emulateMedia({ colorScheme: 'light' })
    this.files.push(file)
  }

  /** Opens the first customers of the inbox; returns their names. */
  async openChats(): Promise<readonly string[]> {
    const { inbox, page } = this.#desk
    const rows = inbox.getByRole('listitem').getByRole('button')
    await rows.nth(chats - 1).waitFor()
    const customers: string[] = []
    for (let at = 0; at < chats; at += 1) {
      await rows.nth(at).click()
      customers.push(await addressee(page.getByRole('textbox', { name: /^Message to / })))
    }
    return customers
  }

  async converse(customer: string): Promise<void> {
    await this.#desk.open(customer)
    for (const reply of replies) {
      await this.#desk.send(customer, reply)
      // What the customer says next stands under the customer's name, below the reply.
      const answered = new RegExp(`${escaped(reply)}[\\s\\S]*${escaped(customer)}`)
      await this.#desk.log(customer).filter({ hasText: answered }).waitFor({ timeout: 60_000 })
    }
  }

  async palette(): Promise<void> {
    const palette = await this.#desk.openPalette()
    await palette.waitFor()
    await this.picture('4-palette')
    await this.#desk.page.keyboard.press('Escape')
  }

  async export(customer: string): Promise<void> {
    await this.#desk.open(customer)
    for (const { format, extension } of formats) {
      const file = path.join(this.#folder, `${customer.replaceAll(/\W+/g, '-')}.${extension}`)
      await this.#desk.saveTo(file)
      await this.#desk.button('Export transcript').click()
      const dialog = this.#desk.page.getByRole('dialog', { name: /Export/ })
      await dialog.getByRole('radio', { name: format }).check()
      await dialog.getByRole('button', { name: /^Export/ }).click()
      await dialog.getByText(/SHA-256/).waitFor()
      if (extension === 'json') await this.picture('5-export')
      await this.#desk.page.keyboard.press('Escape')
      await stat(file)
      this.files.push(file)
    }
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The customer a composer writes to, from its accessible name. */
async function addressee(composer: Locator): Promise<string> {
  const [, name] = /"Message to (.+?)"/.exec(await composer.ariaSnapshot()) ?? []
  if (name === undefined) throw new Error('The composer does not say whom it writes to.')
  return name
}
