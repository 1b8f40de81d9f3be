import { expect, test } from './fixtures.ts'

test('[L13] [E1] [E5] nobody who is away has read anything, a window outside comes back, and no lost page stops Parley', async ({
  desk,
  simulator,
}) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('Hello')
  await desk.meet(ana)
  await expect(desk.log('Ana Torres')).toContainText('Hello')
  await expect(desk.row('Ana Torres')).not.toHaveAccessibleName(/unread/)

  await desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
  ana.say('Are you there?')
  await expect(desk.log('Ana Torres')).toContainText('Are you there?')
  await expect(desk.row('Ana Torres')).toHaveAccessibleName(/1 unread/)
  await desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('unlock-screen'))
  await expect(desk.row('Ana Torres')).not.toHaveAccessibleName(/unread/)

  const isOnDisplay = await desk.app.evaluate(({ BrowserWindow, screen }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setPosition(-3000, 300)
    screen.emit('display-removed')
    const { x = -1, width = 0 } = window?.getBounds() ?? {}
    const { workArea } = screen.getPrimaryDisplay()
    return x >= workArea.x && x + width <= workArea.x + workArea.width
  })
  expect(isOnDisplay).toBe(true)

  const reloads = await desk.app.evaluate(
    ({ webContents }) =>
      new Promise<number>((resolve) => {
        const page = webContents.getAllWebContents()[0]
        let count = 0
        page?.on('did-finish-load', () => {
          count += 1
          if (count === 4) resolve(count)
          else page.forcefullyCrashRenderer()
        })
        page?.forcefullyCrashRenderer()
      }),
  )
  expect(reloads).toBe(4)
})
