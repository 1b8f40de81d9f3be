import { expect, test } from './fixtures.ts'
import { takeOver } from './hostile/raw-ipc.ts'

const calls = 100_000
const atOnce = 200

/** What closes the window, forgets everything or waits for a person is left out: it says nothing about the others. */
const names = [
  'desk.snapshot',
  'desk.dismiss-notice',
  'contact.join',
  'offer.accept',
  'offer.decline',
  'timeline.watch',
  'timeline.unwatch',
  'timeline.older',
  'timeline.find',
  'chat.send',
  'chat.retry',
  'chat.discard',
  'chat.typing',
  'chat.seen',
  'chat.draft',
  'chat.try-now',
  'chat.end',
  'contact.close',
  'transcript.export',
  'transcript.show',
  'upload.send',
  'upload.send-anyway',
  'upload.paste-image',
  'upload.cancel',
  'upload.retry',
  'attachment.preview',
  'attachment.save',
  'attachment.save-all',
  'attachment.kept',
  'attachment.show',
  'view.describe',
  'link.open',
  'settings.change',
  'instances.list',
  'instances.check',
  'instances.save',
  'instances.remove',
  'instances.reach',
]

const expected = [
  'bad-input',
  'not-found',
  'file-unreadable',
  'throttled',
  'too-many-chats',
  'malformed-token',
]

interface Tally {
  readonly refused: Readonly<Record<string, number>>
  readonly answered: number
  readonly unexpected: readonly string[]
}

test('[K13] a hundred thousand raw calls get an answer each, and hold nobody up', async ({
  desk,
  simulator,
}) => {
  test.setTimeout(120_000)
  const ana = simulator.contact({ customerName: 'Ana Torres' })
  await desk.meet(ana)
  await takeOver(desk)
  await desk.app.evaluate(() => {
    const delay = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    Object.assign(globalThis, { delay })
  })

  const attack = desk.page.evaluate(
    async ({ total, width, contract }): Promise<Tally> => {
      // A generator of one's own: the page has no package to ask, and a seed shows the same calls again.
      let state = 20_261_127
      const below = (end: number): number => {
        state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
        return ((state >>> 1) ^ (state >>> 13)) % end
      }
      const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)])
      const junk: readonly unknown[] = [
        null,
        undefined,
        Number.NaN,
        2 ** 53,
        1n,
        '',
        '__proto__',
        'constructor',
        '../../../../etc/passwd',
        'javascript:alert(1)',
        'nul\u0000byte',
        '\uD800',
        'a'.repeat(70_000),
        [],
        {},
        new Map([[1, 2]]),
        new Uint8Array(64),
        new Date(Number.NaN),
        /x/g,
        new Error('thrown'),
        JSON.parse('{"__proto__": {"polluted": true}}'),
        nested(200),
        Array(2_000).fill('x'),
      ]
      const fields = [
        'chatId',
        'text',
        'entryId',
        'url',
        'offerId',
        'uploadId',
        'attachmentId',
        'token',
        'id',
      ]
      const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)]
      const input = (): unknown =>
        below(2) === 0
          ? pick(junk)
          : Object.fromEntries(Array.from({ length: below(4) }, () => [pick(fields), pick(junk)]))
      const one = (): Promise<unknown> => {
        const name = below(8) === 0 ? pick(junk) : pick(contract)
        if (below(10) === 0) return raw.invoke('desk:stage-file', pick(junk), pick(junk))
        return below(20) === 0
          ? raw.invoke('desk:request', name)
          : raw.invoke('desk:request', name, input(), pick(junk))
      }
      const refused: Record<string, number> = {}
      const unexpected: string[] = []
      let answered = 0
      const count = (reply: unknown): void => {
        const { ok, failure } = (reply ?? {}) as { ok?: unknown; failure?: { code?: unknown } }
        if (ok === true) answered += 1
        else if (ok === false && typeof failure?.code === 'string')
          refused[failure.code] = (refused[failure.code] ?? 0) + 1
        else unexpected.push(JSON.stringify(reply))
      }
      for (let done = 0; done < total; done += width) {
        const replies = Array.from({ length: width }, () =>
          one().then(count, (error: unknown) => unexpected.push(String(error))),
        )
        await Promise.all(replies)
      }
      return { refused, answered, unexpected: unexpected.slice(0, 20) }
    },
    { total: calls, width: atOnce, contract: names },
  )
  ana.say('Are you still there?')
  const tally = await attack

  const [longest, most] = await desk.app.evaluate(() => {
    const { delay } = globalThis as unknown as {
      delay: { max: number; percentile(share: number): number }
    }
    return [delay.max / 1e6, delay.percentile(99.9) / 1e6] as const
  })
  const sum = Object.values(tally.refused).reduce((total, count) => total + count, tally.answered)
  const codes = JSON.stringify(tally.refused)
  test.info().annotations.push({ type: 'longest turn of main, ms', description: longest.toFixed(0) })
  process.stdout.write(`${calls} raw calls: ${codes}, longest turn of main ${longest.toFixed(0)} ms\n`)
  expect(tally.unexpected).toEqual([])
  expect(sum).toBe(calls)
  for (const code of Object.keys(tally.refused)) expect(expected).toContain(code)

  // The longest one of all may be another program's doing; it stands in the output.
  expect(most).toBeLessThan(100)

  // The budget fills again, and the chat is as it was.
  await desk.page.reload()
  await desk.open('Ana Torres')
  await expect(desk.log('Ana Torres')).toContainText('Are you still there?')
})
