import { createSocket } from 'node:dgram'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, isOpen, test } from './fixtures.ts'
import { takeOver } from './hostile/raw-ipc.ts'

// What of Parley somebody can touch from outside or from a page that was taken over. Each list is whole: what is new
// has to be added here by hand, and somebody has to think about it.

test('[K5] the channels a page reaches are these two, and nothing of them is in the log', async ({
  desk,
  profile,
}) => {
  const { handled, heard, perPage } = await desk.app.evaluate(({ ipcMain, webContents }) => ({
    handled: [...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys()],
    // Electron's own, so that an error of one call does not end the process.
    heard: ipcMain.eventNames().filter((name) => name !== 'error'),
    perPage: webContents.getAllWebContents().flatMap((page) => page.ipc.eventNames()),
  }))
  expect(handled.toSorted()).toEqual(['desk:request', 'desk:stage-file'])
  expect(heard).toEqual([])
  expect(perPage.filter((name) => name !== 'error')).toEqual([])

  await takeOver(desk)
  const answers = await desk.page.evaluate(async () => {
    const line = { data: ['forged by the page'], level: 'error', logId: 'parley', variables: {} }
    for (const channel of ['__ELECTRON_LOG__', '__ELECTRON_LOG_IPC__']) raw.send(channel, line)
    return Promise.all(
      ['__ELECTRON_LOG__', 'electron-store-get-data', 'desk:push', 'constructor'].map((channel) =>
        raw.invoke(channel, line).then(
          (value) => JSON.stringify(value),
          (error: unknown) => String(error),
        ),
      ),
    )
  })
  for (const answer of answers) expect(answer).toContain('No handler registered')

  const logs = path.join(profile, 'logs')
  expect(await readdir(logs)).toEqual(['parley.log'])
  expect(await readFile(path.join(logs, 'parley.log'), 'utf8')).not.toContain('forged')
  expect(await modeOf(profile)).toBe('700')
  expect(await modeOf(logs)).toBe('700')
  expect(await modeOf(path.join(logs, 'parley.log'))).toBe('600')
})

test('[K15] a start and a conversation break no rule of the page, and nothing listens to what would', async ({
  desk,
  simulator,
}) => {
  const troubles: string[] = []
  desk.page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  await desk.page.addInitScript(() => {
    Object.assign(window, { violations: [] })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  await desk.page.reload()
  await isOpen(desk.page).waitFor()
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  ana.say('**bold** and {"json": 1}', { contentType: 'text/markdown' })
  ana.say('{"a": [1, 2]}', { contentType: 'application/json' })
  await expect(desk.log('Ana Torres').locator('strong')).toHaveText('bold')
  await desk.runCommand('Settings')

  const violations = () =>
    desk.page.evaluate(() => (window as unknown as { violations: string[] }).violations)
  expect(await violations()).toEqual([])
  expect(troubles).toEqual([])
  // The control: the same listener does hear one.
  await desk.page.evaluate(() => {
    const script = document.createElement('script')
    try {
      script.textContent = '1'
    } catch {
      // The rule speaks up twice: to whoever does it, and to whoever listens.
    }
  })
  await expect.poll(violations).not.toEqual([])
})

test('[K6] nothing leaves the page: no call between browsers, no link without a person', async ({ desk }) => {
  const packets: string[] = []
  const udp = createSocket('udp4', () => packets.push('udp'))
  const tcp = createServer((wire) => {
    packets.push('tcp')
    wire.destroy()
  })
  await Promise.all([
    new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve)),
  ])
  const places = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port }
  await desk.page.evaluate(async ({ udp: udpPort, tcp: tcpPort }) => {
    const account = { username: 'heliotrope', credential: 'heliotrope' }
    const line = new RTCPeerConnection({
      iceServers: [
        { urls: `stun:127.0.0.1:${udpPort}` },
        { urls: `turn:127.0.0.1:${udpPort}?transport=udp`, ...account },
        { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, ...account },
        { urls: `turns:127.0.0.1:${tcpPort}?transport=tcp`, ...account },
      ],
    })
    line.createDataChannel('out')
    await line.setLocalDescription(await line.createOffer())
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 2000)
      line.onicegatheringstatechange = () => {
        if (line.iceGatheringState === 'complete') resolve()
      }
    })
    line.close()
  }, places)
  udp.close()
  tcp.close()
  expect(packets).toEqual([])
  const routes = await desk.app.evaluate(({ session }) =>
    Promise.all(
      ['https://alder.example', 'http://127.0.0.1:8080', 'wss://localhost'].map((url) =>
        session.defaultSession.resolveProxy(url),
      ),
    ),
  )
  expect(routes).toEqual(Array(3).fill('PROXY 127.0.0.1:1'))

  await takeOver(desk)
  await desk.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    Object.assign(shell, {
      openExternal: (url: string) => {
        opened.push(url)
        return Promise.resolve()
      },
    })
  })
  const opened = () => desk.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  const open = (count: number) =>
    desk.page.evaluate(
      async (times) =>
        JSON.stringify(
          await Promise.all(
            Array.from({ length: times }, (_, index) =>
              raw.invoke('desk:request', 'link.open', { url: `https://evil.example/${String(index)}` }),
            ),
          ),
        ),
      count,
    )
  // Whatever was pressed before has run out or is used up by the first.
  await open(1)
  const before = (await opened()).length
  expect(await open(3)).not.toContain('"ok":true')
  expect(await opened()).toHaveLength(before)
  await desk.page.mouse.click(5, 300)
  await open(20)
  expect(await opened()).toHaveLength(before + 1)
})

test('[K5] the windows, rights and schemes of a page are these', async ({ desk }) => {
  const { pages, schemes } = await desk.app.evaluate(({ protocol, webContents }) => ({
    pages: webContents.getAllWebContents().map((page) => [page.getType(), page.getURL()]),
    schemes: ['app', 'http', 'https', 'ftp', 'parley', 'chrome-extension'].filter((scheme) =>
      protocol.isProtocolHandled(scheme),
    ),
  }))
  expect(pages).toEqual([['window', 'app://console/']])
  expect(schemes).toEqual(['app'])

  const reached = await desk.page.evaluate(async () => {
    const asked = [
      'accelerometer',
      'background-sync',
      'camera',
      'clipboard-read',
      'clipboard-write',
      'display-capture',
      'geolocation',
      'idle-detection',
      'local-fonts',
      'microphone',
      'midi',
      'notifications',
      'payment-handler',
      'persistent-storage',
      'screen-wake-lock',
      'storage-access',
      'window-management',
    ]
    const states = await Promise.all(
      asked.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => (state === 'granted' ? [name] : []),
          () => [],
        ),
      ),
    )
    const comes = (work: Promise<unknown>): Promise<boolean> =>
      work.then(
        () => true,
        () => false,
      )
    const frame = document.createElement('iframe')
    frame.src = 'https://alder.example/'
    document.body.append(frame)
    const holes = {
      camera: await comes(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await comes(navigator.mediaDevices.getDisplayMedia()),
      place: await comes(
        new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      file: await comes(fetch('file:///etc/passwd')),
      otherHost: await comes(fetch('app://other/')),
      web: await comes(fetch('https://alder.example/')),
      worker: await comes(navigator.serviceWorker.register('/sw.js')),
      popup: window.open('https://alder.example/') !== null,
      node: 'require' in window || 'process' in window || 'module' in window,
    }
    window.location.href = 'https://alder.example/'
    await new Promise((resolve) => setTimeout(resolve, 300))
    frame.remove()
    return {
      granted: states.flat(),
      holes,
      at: window.location.href,
      bridge: Object.keys((window as unknown as { desk: object }).desk).toSorted(),
    }
  })
  expect(reached.granted).toEqual(['clipboard-write', 'notifications'])
  expect(Object.entries(reached.holes).filter(([, isOpen]) => isOpen)).toEqual([])
  expect(reached.at).toBe('app://console/')
  expect(reached.bridge).toEqual(['onPush', 'request', 'stageFile'])
})

test('[K3] [K4] no switch of the command line moves a call or trusts a stranger', async ({
  launch,
  simulator,
}) => {
  const trap = await aTrap()
  const { port } = trap

  const desk = await launch({
    args: [
      `--proxy-server=127.0.0.1:${port}`,
      `--host-rules=MAP * 127.0.0.1:${port}`,
      `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
      '--proxy-bypass-list=<-loopback>',
      '--ignore-certificate-errors',
      '--disable-web-security',
      '--allow-file-access-from-files',
      `--renderer-url=http://127.0.0.1:${port}/`,
    ],
  })
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  ana.say('Hello')
  await expect(desk.log('Ana Torres')).toContainText('Hello')

  expect(trap.spring()).toBe(0)
  expect(await desk.page.evaluate(() => fetch('file:///etc/passwd').catch(() => 'closed'))).toBe('closed')
})

test('[K11] no variable of the environment brings another page into the window', async ({ launch }) => {
  const trap = await aTrap()
  const url = `http://127.0.0.1:${trap.port}/`

  const desk = await launch({
    env: { ELECTRON_RENDERER_URL: url, VITE_DEV_SERVER_URL: url, NODE_ENV: 'development' },
  })

  expect(desk.page.url()).toBe('app://console/')
  expect(trap.spring()).toBe(0)
  for (const file of await readdir('out/main', { recursive: true })) {
    if (file.endsWith('.js'))
      expect(await readFile(path.join('out/main', file), 'utf8')).not.toContain('RENDERER_URL')
  }
})

/** Somewhere nothing may ever ask; `spring` closes it and says how often something did. */
async function aTrap(): Promise<{ readonly port: string; readonly spring: () => number }> {
  let asked = 0
  const server = createServer((wire) => {
    asked += 1
    wire.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const spring = (): number => {
    server.close()
    return asked
  }
  return { port: String((server.address() as AddressInfo).port), spring }
}

async function modeOf(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8)
}
