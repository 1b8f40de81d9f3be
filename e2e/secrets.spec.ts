import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Console } from './console.ts'
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

/** Records everything that main tells the page, by Electron's own means: the product has no hook for it. */
async function recordTraffic(desk: Console): Promise<() => Promise<string>> {
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
  return () => desk.app.evaluate(() => (globalThis as unknown as { traffic: string[] }).traffic.join('\n'))
}

async function heapOf(desk: Console, which: 'page' | 'main', folder: string): Promise<Buffer> {
  const file = path.join(folder, `${which}.heapsnapshot`)
  await desk.app.evaluate(
    async ({ webContents }, [where, target]) => {
      if (where === 'page') await webContents.getAllWebContents()[0]?.takeHeapSnapshot(target)
      else process.getBuiltinModule('node:v8').writeHeapSnapshot(target)
    },
    [which, file] as const,
  )
  const heap = await readFile(file)
  await rm(file)
  return heap
}

function recordOutput(desk: Console): () => string {
  let output = ''
  for (const stream of [desk.app.process().stdout, desk.app.process().stderr]) {
    stream?.on('data', (bytes: Buffer) => (output += bytes.toString()))
  }
  return () => output
}

test('no token of an offered contact reaches the page, its traffic, the logs or the output', async ({
  desk,
  profile,
}) => {
  const output = recordOutput(desk)
  const traffic = await recordTraffic(desk)
  await desk.startPractice()
  await expect(desk.inbox.getByRole('listitem')).toHaveCount(3)
  await desk.inbox.getByRole('button').first().click()
  await expect(desk.page.getByRole('log')).toContainText('joined')

  const page = await heapOf(desk, 'page', profile)
  const main = await heapOf(desk, 'main', profile)

  expect(page.includes('Amara Okafor')).toBe(true)
  expect(page.includes(canary)).toBe(false)
  // The control: the same search does find them where they have to be.
  expect(main.includes(canary)).toBe(true)
  expect(await traffic()).toContain('Amara Okafor')
  expect(await traffic()).not.toContain(canary)
  expect(output()).not.toContain(canary)
  expect(await filesWith(profile, canary)).toEqual([])
})

test('what a pasted token is exchanged for never reaches the page, and the token itself is never told again', async ({
  desk,
  simulator,
  profile,
}) => {
  const output = recordOutput(desk)
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  ana.say('Is my data safe with you?')
  const traffic = await recordTraffic(desk)
  await desk.meet(ana)
  await desk.send('Ana Torres', 'Yes.')
  await expect(desk.log('Ana Torres')).toContainText('Sent')
  simulator.faults.add({ kind: 'drop-sockets' })
  await expect
    .poll(() => simulator.requests({ operation: 'CreateParticipantConnection' }).length)
    .toBeGreaterThan(2)

  const page = await heapOf(desk, 'page', profile)

  expect(page.includes('Is my data safe with you?')).toBe(true)
  for (const kind of ['CANARY-CT', 'CANARY-WS']) expect(page.includes(kind)).toBe(false)
  expect(await traffic()).not.toContain(canary)
  expect(output()).not.toContain(canary)
  expect(await filesWith(profile, canary)).toEqual([])
})
