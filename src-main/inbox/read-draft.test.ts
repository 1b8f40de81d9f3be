import { describe, expect, it } from 'vitest'
import type { Field } from '#shared/instance-settings.ts'
import { aDesk, type Change, edit, london } from './testing/instance-desk.ts'

describe('what is typed', () => {
  it.each<[Change, Field, RegExp]>([
    [{ region: 'the moon' }, 'region', /not one of Amazon's/],
    [{ endpoint: 'http://chat.example' }, 'endpoint', /not encrypted/],
    [{ connectionTimeout: '' }, 'connectionTimeout', /number of seconds from 0\.1 to 120/],
    [{ connectionTimeout: 'soon' }, 'connectionTimeout', /number of seconds/],
    [{ requestTimeout: '601' }, 'requestTimeout', /from 0\.1 to 600/],
    [{ attempts: '1.5' }, 'attempts', /whole number from 1 to 10/],
    [{ attempts: '-1' }, 'attempts', /whole number/],
    [{ messageCharacters: '1e3' }, 'messageCharacters', /from 1 to 16384/],
    [{ fileBytes: '0' }, 'fileBytes', /megabytes above 0/],
    [{ filesPerChat: 'many' }, 'filesPerChat', /0 or more/],
    [{ backoffBase: '5' }, 'backoffCap', /shorter than the first/],
    [{ 'message.rate': '0' }, 'message.rate', /above 0/],
    [{ 'other.burst': '0' }, 'other.burst', /whole number from 1/],
    [{ proxyMode: 'manual', proxyUrl: 'proxy:3128' }, 'proxyUrl', /written like http/],
    [{ proxyMode: 'manual', proxyUrl: 'http://me:pw@proxy:3128' }, 'proxyUrl', /without a password/],
    [{ proxyMode: 'pac', scriptUrl: 'file:///a.pac' }, 'scriptUrl', /begins with https/],
    [{ tag: 'LONDON' }, 'tag', /at most 3/],
    [{ endpoint: 'https://chat.example', fips: true }, 'endpoint', /FIPS and dual-stack belong/],
    [{ authorityIds: ['gone'] }, 'authorities', /no longer known/],
  ])('%j is refused at its field, and nothing is kept of it', (change, field, says) => {
    const desk = aDesk()

    const outcome = desk.editor.save(edit(desk, change))

    expect(outcome).toEqual({
      outcome: 'invalid',
      issues: [{ field, sentence: expect.stringMatching(says) as string }],
    })
    expect(desk.editor.check(edit(desk, change)).issues).toHaveLength(1)
    expect(desk.written).toEqual([])
  })

  it('is kept as milliseconds and bytes, without what is the default anyway', () => {
    const desk = aDesk({ client: { attempts: 7, logRequests: true } })

    const outcome = desk.editor.save(
      edit(desk, {
        attempts: '3',
        connectionTimeout: '2,5',
        fileBytes: '1.5',
        'message.rate': '5',
        fips: true,
        proxyMode: 'manual',
        proxyUrl: 'http://proxy.test:3128',
        exceptions: ' *.example.com,  <local> ',
      }),
    )

    expect(outcome).toMatchObject({ outcome: 'saved', instanceId: london.instanceId })
    expect(desk.written.at(-1)?.instances).toEqual([desk.kept()])
    expect(desk.kept()?.client).toEqual({
      logRequests: true,
      connectionTimeout: 2500,
      fileBytes: 1_572_864,
      fips: true,
      proxy: { mode: 'manual', url: 'http://proxy.test:3128', bypass: ['*.example.com', '<local>'] },
      rates: { message: { rate: 5, burst: 15 } },
    })
    expect(desk.changed).toEqual(['eu-west-2'])
  })

  it('over what the policy decides changes nothing of what the user had set there', () => {
    const policy = { defaults: { attempts: 5, rates: { event: { rate: 1, burst: 1 } } } }
    const rates = { event: { rate: 4, burst: 4 } }
    const desk = aDesk({ policy, client: { attempts: 2, rates } })

    desk.editor.save(edit(desk, { attempts: '9', 'event.rate': '9', label: 'London' }))

    expect(desk.kept()).toMatchObject({ label: 'London', client: { attempts: 2, rates } })
    expect(desk.shown().draft.texts.attempts).toBe('5')
  })

  it('may be a name that is empty: region and host make one', () => {
    const desk = aDesk()

    desk.editor.save(edit(desk, { label: ' ', tag: '' }))

    expect(desk.kept()).toMatchObject({ label: 'eu-west-2', tag: 'EW2' })
  })
})
