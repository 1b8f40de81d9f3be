import { expect, test } from './fixtures.ts'

test('[E2] [B5] [E7] closing the window with a live chat asks once, names it, keeps Parley in the tray or quits', async ({
  launch,
  simulator,
}) => {
  const desk = await launch({ args: ['--password-store=gnome-libsecret'] })
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await desk.composer('Ana Torres').fill('half a thought')
  await desk.page.keyboard.press('Control+Equal')
  const question = desk.page.getByRole('dialog', { name: 'Close Parley?' })

  await desk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.close()
    window?.close()
  })
  await expect(question).toHaveCount(1)
  await expect(question.getByRole('list', { name: 'Still open' })).toHaveText('Ana Torres: live, a draft')
  await desk.page.keyboard.press('Escape')
  await expect(question).toBeHidden()

  await desk.button('Close window').click()
  await question.getByRole('button', { name: 'Keep in tray' }).click()
  const isVisible = (): Promise<boolean | undefined> =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(isVisible).toBe(false)
  ana.say('Are you there?')
  await desk.app.evaluate(({ app }) => app.emit('second-instance'))
  await expect.poll(isVisible).toBe(true)
  await expect(desk.log('Ana Torres')).toContainText('Are you there?')

  await desk.button('Close window').click()
  const isOver = desk.app.waitForEvent('close')
  await question.getByRole('button', { name: 'Quit' }).click()
  await isOver

  const again = await launch({ args: ['--password-store=gnome-libsecret'] })
  await again.open('Ana Torres')
  await expect(again.composer('Ana Torres')).toHaveValue('half a thought')
  const zoom = await again.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
  )
  expect(zoom).toBeCloseTo(1.1)
})
