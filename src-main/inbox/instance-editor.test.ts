import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Field } from '#shared/instance-settings.ts'
import { createPrivateAuthority } from '../testing/private-authority.ts'
import type { EditorPorts } from './instance-editor.ts'
import { aDesk, edit, london } from './testing/instance-desk.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'editor-'))
const authority = createPrivateAuthority()
const file = path.join(folder, 'company.pem')
writeFileSync(file, `Company\n${authority.certificate}`)

afterAll(() => {
  rmSync(folder, { recursive: true })
  authority.dispose()
})

describe('what is shown of an instance', () => {
  it('is text in seconds and megabytes, with nothing locked', () => {
    const { draft, locked, isManaged } = aDesk({ client: { requestTimeout: 2500 } }).shown()

    expect(draft.texts).toMatchObject({
      label: 'eu-west-2',
      connectionTimeout: '5',
      requestTimeout: '2.5',
      backoffBase: '0.2',
      fileBytes: '20',
      'message.rate': '10',
    })
    expect([locked, isManaged]).toEqual([[], false])
  })

  it('is locked where the policy decides for all, and shows what it decided', () => {
    const policy = {
      defaults: { fips: true, proxy: { mode: 'none' }, rates: { event: { rate: 1, burst: 1 } } },
    }
    const { draft, locked } = aDesk({ policy, client: { fips: false } }).shown()

    const decided: Field[] = [
      'proxyUrl',
      'scriptUrl',
      'exceptions',
      'event.rate',
      'event.burst',
      'fips',
      'proxyMode',
    ]
    expect(locked).toEqual(decided)
    expect([draft.switches.fips, draft.proxyMode, draft.texts['event.rate']]).toEqual([true, 'none', '1'])
  })

  it('never holds the path of a certificate', () => {
    const { authorities } = aDesk({ client: { authorities: [{ file }, { file: '/nowhere/a.pem' }] } }).shown()

    expect(authorities).toMatchObject([
      { fileName: 'company.pem', certificates: [{ subject: 'Tests' }], trouble: null },
      { fileName: 'a.pem', certificates: [], trouble: expect.stringContaining('cannot be read') as string },
    ])
    expect(JSON.stringify(authorities)).not.toContain(folder)
  })

  it.each([1, 20_971_521, 1_500_000, 20_971_520])(
    'keeps %i bytes exactly when something else changes',
    (bytes) => {
      const desk = aDesk({ client: { fileBytes: bytes } })

      desk.editor.save(edit(desk, { label: 'London' }))

      expect(desk.kept()?.client.fileBytes ?? 20_971_520).toBe(bytes)
    },
  )
})

describe('a disk that refuses', () => {
  it.each([
    ['EROFS', 'read-only'],
    ['ENOSPC', 'disk-full'],
    ['EIO', 'not-saved'],
  ])('with %s leaves everything as it was, and says so', (disk, code) => {
    const desk = aDesk({ disk })
    const before = desk.kept()

    expect(() => desk.editor.save(edit(desk, { attempts: '9' }))).toThrow(
      expect.objectContaining({
        failure: { code, message: expect.stringContaining('Nothing was changed.') as string },
      }) as Error,
    )
    expect([desk.kept(), desk.changed]).toEqual([before, []])
  })
})

describe('the list', () => {
  it('takes a new instance, under the name that its tokens will find', () => {
    const desk = aDesk()

    const outcome = desk.editor.save(edit(desk, { label: 'Virginia' }, null))

    expect(outcome).toMatchObject({ outcome: 'saved', instanceId: 'token us-east-1' })
    expect(desk.settings.kept.instances.map(({ label }) => label)).toEqual(['eu-west-2', 'Virginia'])
  })

  it('has no two instances of one place', () => {
    const desk = aDesk({
      policy: { instances: [{ instanceId: 'main', label: 'Main', region: 'us-east-1' }] },
    })
    const twice = (region: string) => desk.editor.check(edit(desk, { region }, null)).issues

    expect(twice('eu-west-2')).toEqual([
      { field: 'region', sentence: 'eu-west-2 has this region and endpoint already.' },
    ])
    expect(twice('us-east-1')).toMatchObject([{ sentence: 'Main has this region and endpoint already.' }])
  })

  it('moves an instance that has no chats, and no other', () => {
    const free = aDesk()
    const busy = aDesk({ chats: 1 })

    free.editor.save(edit(free, { region: 'eu-west-1' }))

    expect(free.settings.kept.instances).toMatchObject([
      { instanceId: 'token eu-west-1', region: 'eu-west-1' },
    ])
    expect(busy.editor.check(edit(busy, { region: 'eu-west-1' })).issues).toMatchObject([
      { field: 'region', sentence: expect.stringContaining('open chats') as string },
    ])
    expect(busy.editor.check(edit(busy, { attempts: '4' })).issues).toEqual([])
  })

  it('lets an instance go that has no chats, and no other', () => {
    expect(aDesk().editor.remove(london.instanceId).instances).toEqual([])
    expect(() => aDesk({ chats: 1 }).editor.remove(london.instanceId)).toThrow('Close them first')
  })

  it('shows what an administrator has set, wholly locked, and changes nothing of it', () => {
    const desk = aDesk({
      policy: { instances: [{ instanceId: 'main', label: 'Main', region: 'us-east-1' }] },
    })

    const { isManaged, locked } = desk.shown('main')

    expect(isManaged).toBe(true)
    expect(locked).toEqual(expect.arrayContaining(['label', 'region', 'attempts', 'authorities']))
    expect(() => desk.editor.save(edit(desk, { label: 'Mine' }, 'main'))).toThrow('your administrator')
    expect(() => desk.editor.remove('main')).toThrow('your administrator')
    expect(desk.written).toEqual([])
  })
})

describe('a certificate', () => {
  it('is picked in a dialog, kept as its text and shown by its name', async () => {
    const desk = aDesk({ chosen: file })
    const picked = await desk.editor.pickAuthority()
    if (picked.outcome !== 'picked') throw new Error('Nothing was picked.')

    desk.editor.save(edit(desk, { authorityIds: [picked.authority.authorityId] }))

    expect(desk.kept()?.client.authorities).toEqual([{ pem: authority.certificate.trim() }])
    expect(desk.shown().authorities).toEqual([picked.authority])
    expect(picked.authority).toMatchObject({ certificates: [{ subject: 'Tests' }], trouble: null })
  })

  it('is not picked by somebody who cancels', async () => {
    expect(await aDesk().editor.pickAuthority()).toEqual({ outcome: 'cancelled' })
  })

  it.each([
    ['that is not one', 'key.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
    ['that is damaged', 'bad.pem', '-----BEGIN CERTIFICATE-----\nbm90\n-----END CERTIFICATE-----'],
    ['that is endless', 'big.pem', 'x'.repeat(1_100_000)],
  ])('%s is refused by the name of its file', async (_what, name, content) => {
    const chosen = path.join(folder, name)
    writeFileSync(chosen, content)

    await expect(aDesk({ chosen }).editor.pickAuthority()).rejects.toThrow(
      `${name} holds no certificate that can be read.`,
    )
  })

  it('that is gone is refused by the name of its file', async () => {
    const chosen = path.join(folder, 'gone.pem')

    await expect(aDesk({ chosen }).editor.pickAuthority()).rejects.toThrow('gone.pem cannot be read.')
  })
})

describe('a test of the connection', () => {
  it('tries what is typed, with what the policy decides above it', async () => {
    let tried: unknown = null
    const socket = { isOpen: false, sentence: 'Live connections to chat.test do not get through.' }
    const reach: EditorPorts['reach'] = (instance, { attempts, requestTimeout }) => {
      tried = { region: instance.region, attempts, requestTimeout }
      return Promise.resolve({ milliseconds: 12, socket })
    }
    const desk = aDesk({ reach, policy: { defaults: { attempts: 5 } } })

    const outcome = await desk.editor.reach(
      edit(desk, { region: 'eu-west-1', attempts: '2', requestTimeout: '3' }),
    )

    const host = 'The chat service in eu-west-1'
    expect(outcome).toEqual({ outcome: 'reached', host, milliseconds: 12, socket })
    expect(tried).toEqual({ region: 'eu-west-1', attempts: 5, requestTimeout: 3000 })
    expect(desk.written).toEqual([])
  })

  it('tells what stood in the way', async () => {
    const failure = { code: 'unreachable', message: 'The proxy refused.' } as const
    const desk = aDesk({ reach: () => Promise.resolve({ failure }) })

    expect(await desk.editor.reach(edit(desk, {}))).toEqual({
      outcome: 'failed',
      sentence: 'The proxy refused.',
    })
  })

  it('asks nobody while something is wrong', async () => {
    const desk = aDesk({ reach: () => Promise.reject(new Error('asked')) })

    expect(await desk.editor.reach(edit(desk, { attempts: 'x' }))).toMatchObject({ outcome: 'invalid' })
  })
})
