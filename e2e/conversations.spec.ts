import { expect, test } from './fixtures.ts'

test('an agent answers three customers at once', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  const ben = simulator.contact({ customerName: 'Ben Okoro' })
  const cleo = simulator.contact({ customerName: 'Cleo Marsh' })
  ana.say('Where is my order?')
  for (const contact of [ana, ben, cleo])
    await desk.join(contact.agent.participantToken, contact.customerName)

  await desk.open('Ana Torres')
  await desk.send('Ana Torres', 'It left the warehouse this morning.')

  await expect(desk.log('Ana Torres')).toContainText('It left the warehouse this morning.')
  await expect(desk.log('Ana Torres')).toContainText(/Sent|Delivered|Read/)
  expect(Object.values(ana.truth().clientTokens).every((times) => times === 1)).toBe(true)
  expect(
    ana.truth().transcript.filter((item) => item.Content === 'It left the warehouse this morning.'),
  ).toHaveLength(1)
})

test('a customer who speaks in the background is counted and moves up', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  const ben = simulator.contact({ customerName: 'Ben Okoro' })
  for (const contact of [ana, ben]) await desk.join(contact.agent.participantToken, contact.customerName)
  await desk.open('Ana Torres')
  await expect.poll(() => ben.sockets).toBe(1)

  ben.say('Hello?')
  ben.say('Is anybody there?')

  await expect(desk.row('Ben Okoro')).toHaveAccessibleName(/2 unread/)
  await expect(desk.tab('Ben Okoro')).toContainText('2')
  await desk.open('Ben Okoro')
  await expect(desk.log('Ben Okoro')).toContainText('Is anybody there?')
  await expect(desk.row('Ben Okoro')).not.toHaveAccessibleName(/unread/)
})

test('a closed chat opens again with everything in it', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await desk.send('Ana Torres', 'One moment.')
  await expect(desk.log('Ana Torres')).toContainText('Sent')

  await desk.button('Close chat').click()
  await expect(desk.log('Ana Torres')).toBeHidden()
  ana.say('I am still here')
  await desk.open('Ana Torres')

  await expect(desk.log('Ana Torres')).toContainText('One moment.')
  await expect(desk.log('Ana Torres')).toContainText('I am still here')
})

test('reloading the window loses nothing, not even a draft', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  ana.say('My invoice is wrong')
  await desk.send('Ana Torres', 'Which line?')
  await expect(desk.log('Ana Torres')).toContainText('Sent')
  await desk.composer('Ana Torres').fill('I can see that')
  await expect(desk.page.getByText('Draft saved')).toBeVisible()

  await desk.page.reload()

  await expect(desk.log('Ana Torres')).toContainText('My invoice is wrong')
  await expect(desk.log('Ana Torres')).toContainText('Which line?')
  await expect(desk.composer('Ana Torres')).toHaveValue('I can see that')
})

test('a chat that the customer ends says so and can be put away', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await expect.poll(() => ana.sockets).toBe(1)

  ana.end()

  await expect(desk.page.getByText(/Chat ended at/).first()).toBeVisible()
  await expect(desk.composer('Ana Torres')).toBeHidden()
  await desk.button('Close contact').click()
  await expect(desk.row('Ana Torres')).toBeHidden()
})

test('an agent ends a chat after a question', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await expect.poll(() => ana.sockets).toBe(1)

  await desk.button('End chat').click()
  await desk.page.getByRole('dialog').getByRole('button', { name: 'End chat' }).click()

  await expect(desk.page.getByText(/You ended the chat at/).first()).toBeVisible()
  await expect.poll(() => ana.hasEnded).toBe(true)
})

test('the customer sees typing, and so does the agent', async ({ desk, simulator }) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await expect.poll(() => ana.sockets).toBe(1)

  ana.type()
  await expect(desk.page.getByText(/Ana( Torres)? is typing/).first()).toBeVisible()
  await desk.composer('Ana Torres').pressSequentially('Hel')

  await expect.poll(() => ana.truth().typing.length).toBeGreaterThanOrEqual(1)
})

test('title and banner say so while delivery cannot be vouched for, and stop when it can', async ({
  desk,
  simulator,
}) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await expect.poll(() => ana.sockets).toBe(1)
  await expect(desk.page).toHaveTitle('Ana Torres - Parley')

  simulator.faults.add({ kind: 'refuse-connections', durationMs: 60_000 })
  simulator.faults.add({ kind: 'drop-sockets' })

  await expect(desk.page).toHaveTitle('Ana Torres - reconnecting - Parley')
  const banner = desk.page.getByText(/Reconnecting to|can't confirm new messages from/).first()
  await expect(banner).toBeVisible()
  await expect(desk.page.getByText('Messages wait here and send in order.').first()).toBeVisible()
  // Pressed while nothing answers: afterwards Parley may come back by itself before the hand is there.
  await desk.button('Try now').first().click()
  simulator.faults.clear()
  await expect(desk.page).toHaveTitle('Ana Torres - Parley')
  await expect(banner).toHaveCount(0)
})
