import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Console } from './console.ts'

async function fillJoinDialog(desk: Console, form: Readonly<Record<string, string>>): Promise<Locator> {
  await desk.runCommand('Paste a participant token')
  const dialog = desk.page.getByRole('dialog', { name: 'Paste a participant token' })
  for (const [name, value] of Object.entries(form)) await dialog.getByLabel(name, { exact: true }).fill(value)
  await dialog.getByRole('button', { name: 'Join chat' }).click()
  return dialog
}

const token = 'AAAA-BBBB-CCCC'

const refused = [
  {
    what: 'a token with a line of something else in it',
    form: { 'Participant token': 'abc def' },
    says: /space or a line break/,
  },
  { what: 'a token the service does not know', form: { 'Participant token': token }, says: /token/ },
  {
    what: 'an endpoint that nobody answers at',
    form: { 'Participant token': token, Endpoint: 'http://127.0.0.1:9' },
    says: /(reach|answer)/,
  },
  {
    what: 'an endpoint that is not encrypted',
    form: { 'Participant token': token, Endpoint: 'http://connect.example' },
    says: /not encrypted/,
  },
  { what: 'a bad region', form: { 'Participant token': token, Region: 'the moon' }, says: /region/ },
]

for (const { what, form, says } of refused) {
  test(`${what} is refused with a sentence, and what was typed stays`, async ({ desk }) => {
    const dialog = await fillJoinDialog(desk, { Label: 'Ana Torres', ...form })

    await expect(dialog.getByRole('alert')).toContainText(says)
    await expect(dialog.getByRole('textbox', { name: 'Label' })).toHaveValue('Ana Torres')
    await expect(dialog.getByLabel('Participant token', { exact: true })).toHaveValue(
      form['Participant token'],
    )
    await expect(desk.row('Ana Torres')).toBeHidden()
  })
}

test('region and endpoint come filled in from the default instance', async ({ desk, simulator }) => {
  await desk.runCommand('Paste a participant token')

  const dialog = desk.page.getByRole('dialog', { name: 'Paste a participant token' })
  await expect(dialog.getByRole('textbox', { name: 'Endpoint' })).toHaveValue(simulator.endpoint)
  await expect(dialog.getByRole('textbox', { name: 'Region' })).not.toHaveValue('')
})
