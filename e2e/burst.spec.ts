import { expect, test } from './fixtures.ts'

const chats = 10
const messages = 200
const within = 5_000

test('ten chats of 200 messages each within five seconds arrive once, in order, without a long task', async ({
  desk,
  simulator,
}) => {
  test.setTimeout(120_000)
  const contacts = Array.from({ length: chats }, (_, index) =>
    simulator.contact({ customerName: `Customer ${String.fromCharCode(65 + index)}` }),
  )
  for (const contact of contacts) await desk.join(contact.agent.participantToken, contact.customerName)
  await desk.open('Customer A')
  await expect.poll(() => contacts.filter((contact) => contact.sockets === 1).length).toBe(chats)
  await desk.page.evaluate(() => {
    const longest = { task: 0 }
    Object.assign(window, { longest })
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) longest.task = Math.max(longest.task, task.duration)
    }).observe({ entryTypes: ['longtask'] })
  })

  const rounds = 50
  for (let round = 0; round < rounds; round += 1) {
    for (const contact of contacts) {
      const first = (round * messages) / rounds
      contact.sayAll(
        Array.from({ length: messages / rounds }, (_, index) => `Message ${String(first + index)}`),
      )
    }
    await new Promise((resolve) => setTimeout(resolve, within / rounds))
  }

  for (const contact of contacts.slice(1)) {
    await expect(desk.row(contact.customerName)).toHaveAccessibleName(/200 unread/)
  }
  await expect(desk.log('Customer A')).toContainText(`Message ${String(messages - 1)}`)
  const longest = await desk.page.evaluate(
    () => (window as unknown as { longest: { task: number } }).longest.task,
  )
  test.info().annotations.push({ type: 'longest renderer task, ms', description: longest.toFixed(0) })
  expect(longest).toBeLessThan(100)
})
