import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from '@playwright/test'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { Console } from './console.ts'
import { expect, isOpen, test } from './fixtures.ts'

const draft = 'half a thought: quicksilver'

interface Scene {
  readonly desk: Console
  readonly simulator: Simulator
}

/** Two chats in tabs, a draft in one, and a reader in the middle of its long conversation. */
async function midShift({ desk, simulator }: Scene): Promise<ContactHandle> {
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  for (let count = 1; count <= 80; count += 1) ana.say(`Line ${String(count)} of a long story`)
  const bo = simulator.contact({ customerName: 'Bo Lind' })
  await desk.meet(bo)
  await desk.meet(ana)
  // It opened at the first line that nobody has read.
  await desk.page.getByRole('button', { name: /^Latest/ }).click()
  await expect(desk.log('Ana Torres')).toContainText('Line 80')
  await desk.composer('Ana Torres').fill(draft)
  await expect(desk.page.getByText('Draft saved')).toBeVisible()
  await desk.log('Ana Torres').hover()
  await desk.page.mouse.wheel(0, -1_500)
  await expect(desk.button('Latest')).toBeVisible()
  return ana
}

/** Playwright has given up a page that crashed; over a new connection it is a page like any other. */
async function seenAnew(desk: Console, profile: string): Promise<Console> {
  const [port = ''] = (await readFile(path.join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = browser.contexts().flatMap((context) => context.pages())[0]
  if (page === undefined) throw new Error('There is no window')
  await isOpen(page).waitFor()
  return new Console(desk.app, page)
}

/** Resolves once the window has loaded its page again. */
function reloaded(desk: Console): Promise<void> {
  return desk.app.evaluate(
    ({ webContents }) =>
      new Promise<void>((resolve) => {
        webContents.getAllWebContents()[0]?.once('did-finish-load', () => {
          resolve()
        })
      }),
  )
}

function linesInView(desk: Console): Promise<readonly string[]> {
  return desk.log('Ana Torres').evaluate((log) => {
    const frame = log.getBoundingClientRect()
    return [...log.querySelectorAll('*')]
      .filter((one) => one.children.length === 0 && /^Line \d+/.test(one.textContent))
      .filter((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        return top >= frame.top && bottom <= frame.bottom
      })
      .map((one) => one.textContent)
  })
}

async function expectEverythingAsItWas(desk: Console, before: readonly string[]): Promise<void> {
  await expect(desk.tab('Bo Lind')).toBeVisible()
  await expect(desk.tab('Ana Torres')).toHaveAttribute('aria-selected', 'true')
  await expect(desk.composer('Ana Torres')).toHaveValue(draft)
  const middle = before[Math.floor(before.length / 2)] ?? ''
  await expect.poll(() => linesInView(desk)).toContain(middle)
  await desk.page.getByRole('button', { name: /^Latest/ }).click()
  await expect(desk.log('Ana Torres')).toContainText('Said while the window was gone')
  await desk.send('Ana Torres', 'Here again')
  await expect(desk.log('Ana Torres')).toContainText('Here again')
}

test('a window that crashed comes back with its tabs, draft and place, and nothing was missed', async ({
  desk,
  simulator,
  profile,
}) => {
  const ana = await midShift({ desk, simulator })
  const before = await linesInView(desk)
  const isBack = reloaded(desk)

  await desk.app.evaluate(({ webContents }) => {
    webContents.getAllWebContents()[0]?.forcefullyCrashRenderer()
  })
  ana.say('Said while the window was gone')
  await isBack

  await expectEverythingAsItWas(await seenAnew(desk, profile), before)
})

test('a window that hangs is taken down and comes back the same way', async ({
  desk,
  simulator,
  profile,
}) => {
  const ana = await midShift({ desk, simulator })
  const before = await linesInView(desk)
  const isBack = reloaded(desk)

  // The page really hangs. That it does is told by hand: Chromium spares pages with a debugger, which this test is.
  await desk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    void window?.webContents.executeJavaScript('for (;;) {}').catch(() => undefined)
    window?.emit('unresponsive')
  })
  ana.say('Said while the window was gone')
  await isBack

  await expectEverythingAsItWas(await seenAnew(desk, profile), before)
})
