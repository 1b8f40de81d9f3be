import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

// The simulator hands out tokens and socket addresses that begin like this.
const canary = 'CANARY-'

async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(file)
  }
  return found
}

test('no token reaches the page, its traffic, the logs or the output', async ({
  desk,
  simulator,
  profile,
}) => {
  let output = ''
  for (const stream of [desk.app.process().stdout, desk.app.process().stderr]) {
    stream?.on('data', (bytes: Buffer) => (output += bytes.toString()))
  }
  await desk.app.evaluate(({ ipcMain, webContents }) => {
    const traffic: string[] = []
    Object.assign(globalThis, { traffic })
    const [page] = webContents.getAllWebContents()
    if (page === undefined) throw new Error('There is no page')
    const send = page.send.bind(page)
    page.send = (channel: string, ...args: unknown[]) => {
      traffic.push(JSON.stringify(args))
      send(channel, ...args)
    }
    // Electron's own table of handlers: the only way to see what they answer without a hook in the product.
    const handlers = (
      ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => Promise<unknown>> }
    )._invokeHandlers
    for (const [channel, handle] of handlers) {
      handlers.set(channel, async (...args) => {
        const reply = await handle(...args)
        traffic.push(JSON.stringify(reply ?? null))
        return reply
      })
    }
  })
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('Is my data safe with you?')
  await desk.join(ana.agent.participantToken, ana.customerName)
  await desk.open('Ana Torres')
  await desk.send('Ana Torres', 'Yes.')
  await expect(desk.log('Ana Torres')).toContainText('Sent')
  simulator.faults.add({ kind: 'drop-sockets' })
  await expect
    .poll(() => simulator.requests({ operation: 'CreateParticipantConnection' }).length)
    .toBeGreaterThan(2)

  const snapshots = { page: path.join(profile, '..', `page-${path.basename(profile)}`), main: '' }
  await desk.app.evaluate(async ({ webContents }, file) => {
    await webContents.getAllWebContents()[0]?.takeHeapSnapshot(file)
  }, snapshots.page)
  const traffic = await desk.app.evaluate(() =>
    (globalThis as unknown as { traffic: string[] }).traffic.join('\n'),
  )
  const heap = await readFile(snapshots.page)

  expect(heap.includes('Is my data safe with you?')).toBe(true)
  expect(heap.includes(canary)).toBe(false)
  expect(traffic).toContain('Is my data safe with you?')
  expect(traffic).not.toContain(canary)
  expect(output).not.toContain(canary)
  expect(await filesWith(profile, canary)).toEqual([])
})
