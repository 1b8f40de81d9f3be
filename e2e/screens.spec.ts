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

const message = (kind: string): string => `application/vnd.amazonaws.connect.message.${kind}`

test('guides, forms and what was stopped on the way', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.show(
    {
      Id: 'double-payment',
      Arn: 'arn:double-payment',
      Name: 'Double payment',
      Version: 1,
      Content: {
        InputSchema: '{}',
        Template: JSON.stringify({ Body: [{ Props: { Attributes: '$.Facts' } }, { Content: ['$.Note'] }] }),
        Actions: ['Submit'],
      },
    },
    {
      data: {
        Facts: [{ Label: 'Order', Value: 'AH-201' }],
        Note: 'Which of the two charges is the wrong one?',
      },
    },
  )
  const answers = { contentType: message('interactive.response') }
  ana.say(
    JSON.stringify({ action: 'Submit', data: { Charge: '4 March', 'Write to me by': 'email' } }),
    answers,
  )
  ana.say(JSON.stringify({ action: ' ', data: { content: 'and my parcel never came' } }), answers)
  ana.say('The receipt is at http://receipts.example/201')
  simulator.set({ messageProcessing: 'rejects' })
  await desk.meet(ana)
  const log = desk.log('Ana Torres')
  await expect(log).toContainText('You joined')
  await expect(log).toContainText('Order: AH-201')
  await expect(log).toContainText('and my parcel never came')
  await desk.send('Ana Torres', 'I am looking into both charges.')
  await expect(log).toContainText("Not delivered: refused by the contact centre's message processing")
  await shoot(desk, 'guide')

  await log.getByRole('link', { name: 'http://receipts.example/201' }).click()
  await expect(desk.page.getByRole('dialog', { name: 'Open receipts.example?' })).toBeVisible()
  await shoot(desk, 'link-dialog')
})

test('time slots, carousels and structured messages', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  const template = { contentType: message('interactive'), role: 'SYSTEM' } as const
  const slots = ['2026-03-16T08:00+00:00', '2026-03-16T10:00+00:00'].map((date) => ({ date, duration: 60 }))
  const picker = { title: 'When may we come?', timeZoneOffset: -420, timeslots: slots }
  ana.say(JSON.stringify({ templateType: 'TimePicker', data: { content: picker } }), template)
  ana.say('2026-03-16T03:00:00.00+00:00')
  const cards = ['Sofas', 'Beds'].map((title) => ({
    templateType: 'Panel',
    data: { content: { title, elements: [{ title: 'More' }] } },
  }))
  const carousel = { title: 'Have a look', elements: cards }
  ana.say(JSON.stringify({ templateType: 'Carousel', data: { content: carousel } }), template)
  ana.say(JSON.stringify({ templateIdentifier: 'c', listTitle: 'Beds', selectionText: 'More' }))
  const order = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Line ${String(index)}`, index]))
  await desk.meet(ana)
  const log = desk.log('Ana Torres')
  await expect(log.getByRole('listitem').filter({ hasText: '03:00' })).toContainText('chosen')
  await expect(log.getByText('Ana chose this')).toHaveCount(2)
  await shoot(desk, 'slots')

  ana.say(JSON.stringify(order), { contentType: 'application/json' })
  await log.getByRole('button', { name: 'Show all, 6 more' }).click()
  await expect(log).toContainText('Line 29')
  await shoot(desk, 'json')
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
