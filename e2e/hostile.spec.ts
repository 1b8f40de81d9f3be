import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostileBulk, hostileCharacters, hostileMarkup, plantedMark } from '#shared/testing/hostile-texts.ts'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Console } from './console.ts'
import { expect, test as base } from './fixtures.ts'

/** A server that nobody should ever ask for anything, and what it was asked. */
interface Bait {
  readonly url: string
  readonly asked: readonly string[]
}

const test = base.extend<{ readonly bait: Bait }>({
  bait: async ({}, use) => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await use({ url: `http://127.0.0.1:${String(port)}`, asked })
    server.close()
    server.closeAllConnections()
  },
})

const types = ['text/plain', 'text/markdown', 'application/json', 'text/html', 'image/svg+xml'] as const
const connect = 'application/vnd.amazonaws.connect'

/** Says each text in every content type, as a template, under a hostile name and as the name of a file. */
function playAll(ana: ContactHandle, bait: string): number {
  const before = ana.truth().transcript.length
  const texts = [...hostileMarkup(bait), ...hostileCharacters, ...hostileBulk]
  for (const [index, text] of texts.entries()) {
    for (const contentType of types) ana.say(text, { contentType })
    ana.say(template(text, bait), { contentType: `${connect}.message.interactive`, role: 'SYSTEM' })
    ana.say('named', { role: 'SUPERVISOR', displayName: text.slice(0, 200) })
    const name = text.slice(0, 200)
    const kind = index % 2 === 0 ? 'image/png' : 'text/html'
    ana.attach({ name, contentType: kind, bytes: Buffer.from(hostileMarkup(bait)[index % 10] ?? '') })
  }
  for (const name of ['moon.rose', 'participant.displayname.updated']) {
    ana.event({ contentType: `${connect}.event.${name}`, displayName: hostileCharacters[0] ?? '' })
  }
  ana.say('y'.repeat(900_000))
  ana.say(`**${'z'.repeat(900_000)}**`, { contentType: 'text/markdown' })
  return ana.truth().transcript.length - before
}

function template(text: string, bait: string): string {
  const title = text.slice(0, 400)
  const picture = { imageType: 'URL', imageData: `${bait}/template.png`, imageDescription: title }
  const elements = ['javascript:alert(1)', `${bait}/element`, text.slice(0, 400)].map((url) => ({
    title,
    subtitle: title,
    url,
    ...picture,
  }))
  return JSON.stringify({
    templateType: 'Panel',
    version: '1.0',
    data: { content: { title, ...picture, elements } },
  })
}

/** Everything that a page does when a message got the better of it. */
async function watchForTrouble({ app, page }: Console): Promise<() => Promise<readonly string[]>> {
  const troubles: string[] = []
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`)
  })
  page.on('framenavigated', (frame) => troubles.push(`navigation: ${frame.url()}`))
  app.on('window', () => troubles.push('another window'))
  await page.evaluate(() => {
    const violations: string[] = []
    Object.assign(window, { violations })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  // Chromium's own account: also what the policy of the page would have blocked in time.
  await app.evaluate(({ session }) => {
    const requests: string[] = []
    Object.assign(globalThis, { requests })
    session.defaultSession.webRequest.onBeforeRequest(({ url }, pass) => {
      requests.push(url)
      pass({})
    })
  })
  return async () => {
    const violations = await page.evaluate(() => (window as unknown as { violations: string[] }).violations)
    const requests = await app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests)
    return [...troubles, ...violations, ...requests.filter((url) => !url.startsWith('app://'))]
  }
}

/** Brings every part of the log onto the screen once; returns what stood there that no message may bring. */
async function readThrough(desk: Console, customer: string): Promise<readonly string[]> {
  return desk.log(customer).evaluate(async (log) => {
    const found = new Set<string>()
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
    const look = (): void => {
      for (const element of log.querySelectorAll('*')) {
        if (/^(script|iframe|object|embed|style|link|base|meta|form|video|math)$/i.test(element.tagName))
          found.add(element.tagName)
        for (const { name, value } of element.attributes) {
          if (/^on|^srcdoc$|^srcset$|^action$/.test(name)) found.add(`${name}=${value}`)
          if (name === 'src' && !value.startsWith('app://')) found.add(`src=${value}`)
          // A link loads nothing: where it leads is asked about before the system's browser opens it.
          const isLink = element.tagName === 'A' && /^(https?|mailto):/.test(value)
          if (name === 'href' && !isLink) found.add(`href=${value}`)
        }
      }
    }
    let calm = 0
    while (calm < 30) {
      const before = log.scrollTop
      log.scrollTop -= log.clientHeight * 0.8
      await frame()
      await frame()
      look()
      calm = log.scrollTop === before ? calm + 1 : 0
    }
    return [...found]
  })
}

test('[H9] hundreds of hostile messages run nothing, load nothing and leave the chat usable', async ({
  desk,
  simulator,
  bait,
}) => {
  test.setTimeout(180_000)
  const ana = simulator.contact({ customerName: 'Ana \u202Egnp.exe' })
  await desk.join(ana.agent.participantToken, ana.customerName)
  const troubles = await watchForTrouble(desk)
  await desk.open(ana.customerName)
  await expect.poll(() => ana.sockets).toBe(1)

  const played = playAll(ana, bait.url)
  ana.say('Are you still there?')
  await expect(desk.log(ana.customerName)).toContainText('Are you still there?', { timeout: 30_000 })
  const intruders = await readThrough(desk, ana.customerName)
  await desk.send(ana.customerName, 'I am.')
  await expect.poll(() => ana.truth().transcript.at(-1)?.Content).toBe('I am.')
  // Whoever says something is at the end again, however far up they were reading.
  await expect(desk.log(ana.customerName).getByText('I am.', { exact: true })).toBeInViewport()
  await expect(desk.page.getByRole('button', { name: /^Latest|new message/ })).toBeHidden()

  expect(played).toBeGreaterThan(400)
  expect(intruders).toEqual([])
  expect(await troubles()).toEqual([])
  expect(bait.asked).toEqual([])
  expect(await desk.page.evaluate((mark) => mark in window, plantedMark)).toBe(false)
})
