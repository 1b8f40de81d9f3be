import { expect, test } from './customer.ts'

test('[D2] what the app does to a text is undone and done again like typing', async ({ desk, ana }) => {
  expect(ana.hasEnded).toBe(false)
  const field = desk.composer('Ana Torres')
  const { keyboard } = desk.page
  await field.focus()
  await keyboard.type('so')
  await keyboard.press('Control+a')
  await keyboard.press('Control+b')
  await expect(field).toHaveValue('**so**')
  await keyboard.press('Control+z')
  await expect(field).toHaveValue('so')
  await keyboard.press('Control+Shift+z')
  await expect(field).toHaveValue('**so**')
  await keyboard.press('End')
  await keyboard.type(' long text /mom')
  await keyboard.press('Enter')
  await expect(field).toHaveValue(/looking into this now/)
  await keyboard.press('Control+z')
  await expect(field).toHaveValue('**so** long text /mom')
  await keyboard.press('Escape')
  await keyboard.press('Enter')
  await expect(field).toHaveValue('')
})

test('[E6] right click offers what belongs to the place', async ({ desk, ana }) => {
  ana.say('The order is AH-1, see https://a.example')
  await desk.app.evaluate(({ Menu }) => {
    const shown: string[][] = []
    Object.assign(globalThis, { shownMenus: shown })
    Menu.prototype.popup = function popup(this: Electron.Menu, options) {
      shown.push(this.items.map(({ label }) => label))
      options?.callback?.()
    }
  })
  const menus = () =>
    desk.app.evaluate(() => (globalThis as unknown as { shownMenus: string[][] }).shownMenus)

  await desk.log('Ana Torres').getByText('The order is AH-1').click({ button: 'right' })
  await desk.composer('Ana Torres').click({ button: 'right' })

  await expect
    .poll(async () => (await menus()).flat())
    .toEqual(
      expect.arrayContaining(['Copy with name and time', 'Quote', 'Cut', 'Paste', 'Spelling language']),
    )
})
