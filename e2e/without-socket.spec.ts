import { expect, test } from './fixtures.ts'
import { shoot } from './screenshots.ts'

test('[A1] a chat whose live connection is blocked goes on with a delay, and says so', async ({
  desk,
  simulator,
}) => {
  const { host } = new URL(simulator.endpoint)
  simulator.faults.add({ kind: 'refuse-connections', operation: 'WebSocket' })
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('first')
  await desk.meet(ana)

  await expect(desk.log('Ana Torres')).toContainText('first')
  await desk.send('Ana Torres', 'hello')
  await expect.poll(() => ana.truth().transcript.map(({ Content }) => Content)).toContain('hello')
  const connection = desk.page.getByRole('status', { name: 'Connection' })
  await expect(connection).toContainText(`With delay: no live connection to ${host}`, { timeout: 20_000 })
  const banner = desk.page.getByText(/come with a delay\./)
  await expect(banner).toBeVisible()
  await expect(desk.page.getByText(`The network blocks the live connection to ${host}.`)).toBeVisible()
  ana.say('second')
  await expect(desk.log('Ana Torres')).toContainText('second')
  await shoot(desk, 'without-socket')

  simulator.faults.clear()
  await desk.button('Try now').click()
  await expect(connection).toContainText('Connected')
  await expect(banner).toHaveCount(0)
})
