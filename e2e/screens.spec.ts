import { expect, test } from './fixtures.ts'
import { shoot } from './screenshots.ts'

test('the first screen', async ({ desk }) => {
  await expect(desk.page.getByRole('radiogroup', { name: 'How do chats reach you?' })).toBeVisible()

  await shoot(desk, 'first-run')
})

test('a practice shift with three customers', async ({ desk }) => {
  await desk.startPractice()
  await expect(desk.inbox.getByRole('listitem')).toHaveCount(3, { timeout: 20_000 })
  const first = desk.inbox.getByRole('button').first()
  await first.click()
  await expect(desk.page.getByRole('log')).toBeVisible()
  await expect(desk.page.getByText('Practice shift: no real customers').first()).toBeVisible()

  await shoot(desk, 'practice')
})

test('the palette and the token dialog', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.join(ana.agent.participantToken, ana.customerName)
  await desk.openPalette()
  await expect(desk.page.getByRole('dialog', { name: 'Go to or do' })).toContainText('Ana Torres')
  await shoot(desk, 'palette')
  await desk.page.keyboard.press('Escape')

  await desk.runCommand('Paste a participant token')
  await expect(desk.page.getByRole('dialog', { name: 'Paste a participant token' })).toBeVisible()
  await shoot(desk, 'token-dialog')
})

test('a chat whose line is down', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('My table arrived with a broken leg. What can we do about it?')
  await desk.meet(ana)
  await expect.poll(() => ana.sockets).toBe(1)
  simulator.faults.add({ kind: 'refuse-connections', durationMs: 60_000 })
  simulator.faults.add({ kind: 'drop-sockets' })
  await expect(desk.page.getByText(/Reconnecting|can't confirm/).first()).toBeVisible()
  await desk.composer('Ana Torres').fill('A new leg is on its way.')
  await desk.page.getByRole('button', { name: /^(Queue|Send)$/ }).click()
  await expect(desk.log('Ana Torres')).toContainText('Queued')

  await shoot(desk, 'offline')
})

for (const { name, width, height } of [
  { name: 'small', width: 1024, height: 700 },
  { name: 'zoomed', width: 640, height: 400 },
]) {
  test(`the console at ${String(width)} by ${String(height)}`, async ({ desk, simulator }) => {
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    ana.say('Hi. My table arrived with a broken leg.')
    await desk.join(ana.agent.participantToken, ana.customerName)
    await desk.app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setSize(size.width, size.height)
      },
      { width, height },
    )
    await desk.open('Ana Torres')

    await shoot(desk, name)
  })
}
