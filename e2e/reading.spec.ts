import { expect, test } from './fixtures.ts'

test('[H3] [H4] a backlog opens where it begins, is read as it is seen, and sending goes to its end', async ({
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
})
