import { expect, test } from './fixtures.ts'

test('[H3] [H4] [H6] a backlog opens where it begins, is read as it is seen, and sending goes to its end; it is copied whole', async ({
  desk,
  simulator,
}) => {
  const [ana, ben] = ['Ana', 'Ben'].map((customerName) => simulator.contact({ customerName }))
  if (ana === undefined || ben === undefined) throw new Error('no contacts')
  await desk.join(ana.agent.participantToken, 'Ana')
  await desk.meet(ben)
  await expect.poll(() => ana.sockets).toBe(1)
  ana.sayAll(Array.from({ length: 120 }, (_, index) => `Line ${String(index + 1)}.`))
  await expect(desk.row('Ana')).toHaveAccessibleName(/120 unread/)

  await desk.open('Ana')
  const log = desk.log('Ana')
  await expect(log.getByRole('separator', { name: 'New messages' })).toBeInViewport()
  await expect(log.getByText('Line 1.', { exact: true })).toBeInViewport()
  await expect(desk.row('Ana')).toHaveAccessibleName(/1[01]\d unread/)
  const latest = desk.page.getByRole('button', { name: /^Latest/ })
  await expect(latest).toHaveAccessibleName(/^Latest, 1[01]\d new messages$/)

  await desk.send('Ana', 'I have read it.')
  await expect(log.getByText('I have read it.')).toBeInViewport()
  await expect(log.getByText('Line 120.', { exact: true })).toBeInViewport()
  await expect(latest).toBeHidden()
  await expect(desk.row('Ana')).not.toHaveAccessibleName(/unread/)

  // H6: what is copied is the conversation, not what is drawn of it.
  const line = (number: number): RegExp => new RegExp(`^Ana, \\d\\d:\\d\\d: Line ${String(number)}\\.$`, 'mu')
  const { page } = desk
  await log.press('Home')
  const first = log.getByText('Line 2.', { exact: true })
  await first.click({ clickCount: 3 })
  await log.press('End')
  await expect(log.getByText('Line 60.', { exact: true })).toHaveCount(0)
  await log.getByText('Line 119.', { exact: true }).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  const part = await desk.app.evaluate(({ clipboard }) => clipboard.readText())
  expect([2, 3, 60, 118, 119].map((number) => line(number).test(part))).toEqual(Array(5).fill(true))
  expect([1, 120].map((number) => line(number).test(part))).toEqual([false, false])

  await log.press('Control+a')
  await log.press('Home')
  await page.keyboard.press('Control+c')
  await expect
    .poll(() => desk.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/Line 1\.[^]*Line 120\.[^]*You, \d\d:\d\d: I have read it\.$/u)
})
