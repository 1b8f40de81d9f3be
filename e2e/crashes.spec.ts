import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Console } from './console.ts'
import { electronProgram, expect, isOpen, startParley, test } from './fixtures.ts'
import { leaks } from './leaks.ts'

/** Chromium used to end the whole application at the sixth. */
const graphicsLosses = 7

test('[L13] the graphics process is killed again and again, and the window stays usable', async ({
  desk,
  simulator,
}) => {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  const graphics = (): Promise<number | undefined> =>
    desk.app.evaluate(({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid)

  for (let loss = 1; loss <= graphicsLosses; loss += 1) {
    await expect.poll(graphics).toBeDefined()
    const processId = await graphics()
    process.kill(processId ?? 0, 'SIGKILL')
    await expect.poll(graphics).not.toBe(processId)
  }

  ana.say('Said while nothing could be drawn')
  await expect(desk.log('Ana Torres')).toContainText('Said while nothing could be drawn')
  await desk.send('Ana Torres', 'Still here')
  await expect.poll(() => ana.truth().transcript.map(({ Content }) => Content)).toContain('Still here')
  expect((await desk.page.screenshot()).length).toBeGreaterThan(0)
})

/** Starts `program` where every crash may leave a core, in `folder`. */
async function allowingCores(program: string, folder: string): Promise<string> {
  const file = path.join(folder, 'allowing-cores')
  await writeFile(file, `#!/bin/sh\nulimit -c unlimited && cd '${folder}' && exec '${program}' "$@"\n`)
  await chmod(file, 0o700)
  return file
}

async function crash(processId: number, signal: NodeJS.Signals, app: ChildProcess): Promise<void> {
  const exit = once(app, 'exit')
  process.kill(processId, signal)
  await exit
}

async function coresIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('core'))
}

test('[L19] a crash of main or of the page leaves no token and no word on the disk', async ({
  simulator,
  profile,
}) => {
  test.skip(process.platform !== 'linux', 'elsewhere the system decides what it keeps of a crash')
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-cores-'))
  try {
    await test.step('here a program does leave its memory', async () => {
      const pattern = await readFile('/proc/sys/kernel/core_pattern', 'utf8')
      if (/^[|/]/.test(pattern)) return
      const sleep = await allowingCores('/bin/sleep', folder)
      const other = spawn(sleep, ['60'], { env: { ...process.env, CANARY: 'CANARY-control' } })
      // Until the script has become the program.
      await expect
        .poll(() => readFile(`/proc/${String(other.pid)}/comm`, 'utf8').catch(() => ''))
        .toBe('sleep\n')
      await crash(other.pid ?? 0, 'SIGSEGV', other)
      expect(await leaks(folder)).not.toEqual([])
      for (const core of await coresIn(folder)) await rm(path.join(folder, core))
    })
    const args = [`--user-data-dir=${profile}`, `--endpoint=${simulator.endpoint}`]
    const program = await allowingCores(electronProgram(), folder)
    const app = await startParley(args, { TMPDIR: folder }, program)
    const page = await app.firstWindow()
    await isOpen(page).waitFor()
    const desk = new Console(app, page)
    const ana = simulator.contact({ customerName: 'Ana Torres' })
    ana.say('My secret phrase is heliotrope')
    await desk.meet(ana)
    await desk.composer('Ana Torres').fill('half a thought: quicksilver')
    await expect(desk.log('Ana Torres')).toContainText('heliotrope')

    const pageGone = app.evaluate(
      ({ app: electron }) =>
        new Promise<number>((resolve) => {
          electron.once('render-process-gone', (_event, contents) => {
            resolve(contents.id)
          })
        }),
    )
    const pageProcess = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents()[0]?.getOSProcessId(),
    )
    process.kill(pageProcess ?? 0, 'SIGABRT')
    await pageGone
    await crash(app.process().pid ?? 0, 'SIGSEGV', app.process())

    expect(await coresIn(process.cwd())).toEqual([])
    expect([...(await leaks(folder)), ...(await leaks(profile))]).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
})
