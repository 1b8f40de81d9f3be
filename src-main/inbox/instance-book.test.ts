import { describe, expect, it } from 'vitest'
import type { ClientSettings } from '../platform/client-settings.ts'
import { defaults, type Kept, SettingsFile } from '../platform/settings-file.ts'
import { InstanceBook } from './instance-book.ts'
import { defaultClient } from './instance-client.ts'
import { practiceInstance, tokenInstance } from './instances.ts'
import { noPolicy, type Policy, readPolicy } from './policy.ts'

const london = tokenInstance('eu-west-2', null)

interface Circumstances {
  readonly client?: ClientSettings
  readonly policy?: Policy
  readonly isDiskFull?: boolean
}

function aBook({ client, policy = noPolicy, isDiskFull = false }: Circumstances = {}) {
  let written: unknown = null
  const kept: Kept = {
    ...defaults,
    instances: client === undefined ? [] : [{ ...london, isPractice: false, client }],
  }
  const settings = new SettingsFile({
    read: () => kept,
    write: (value) => {
      if (isDiskFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      written = value
    },
    setAside: () => undefined,
  })
  return { book: new InstanceBook(settings, policy), settings, written: () => written as Kept | null }
}

function aPolicy(content: unknown): Policy {
  const { policy, notice } = readPolicy({ file: 'policy.json', text: JSON.stringify(content) })
  if (notice !== null) throw new Error(notice.detail)
  return policy
}

const main = { instanceId: 'main', label: 'Main', region: 'eu-west-2' }

describe('how an instance is reached', () => {
  it('is by the defaults where nothing is set', () => {
    expect(aBook().book.clientOf(london)).toEqual(defaultClient)
  })

  it('is as the settings say, and by the defaults for the rest', () => {
    const { book } = aBook({ client: { fips: true, rates: { message: { rate: 1, burst: 1 } } } })

    expect(book.clientOf(london)).toEqual({
      ...defaultClient,
      fips: true,
      rates: { ...defaultClient.rates, message: { rate: 1, burst: 1 } },
    })
  })

  it('is above that as the policy says for all, and above all as it says for the instance', () => {
    const policy = aPolicy({
      defaults: { attempts: 5, requestTimeout: 5000 },
      instances: [{ ...main, client: { requestTimeout: 7000 } }],
    })
    const { book } = aBook({ client: { fips: true, attempts: 2, requestTimeout: 2000 }, policy })

    expect(book.clientOf(london)).toMatchObject({ fips: true, attempts: 5, requestTimeout: 7000 })
  })

  it('is not as the policy says for another region or endpoint', () => {
    const policy = aPolicy({ instances: [{ ...main, client: { attempts: 7 } }] })
    const { book } = aBook({ policy })

    expect(book.clientOf(tokenInstance('us-east-1', null)).attempts).toBe(defaultClient.attempts)
    expect(book.clientOf(tokenInstance('eu-west-2', 'https://chat.test')).attempts).toBe(
      defaultClient.attempts,
    )
  })

  it('is without a proxy and without a policy for a practice shift on this computer', () => {
    const policy = aPolicy({ defaults: { fips: true, proxy: { mode: 'manual', url: 'http://proxy.test' } } })

    expect(aBook({ policy }).book.clientOf(practiceInstance('http://127.0.0.1:1'))).toEqual({
      ...defaultClient,
      proxy: { mode: 'none' },
    })
  })
})

describe('known instances', () => {
  it('are remembered once, and what was set for them stays set', () => {
    const { book, written } = aBook({ client: { attempts: 2 } })

    book.remember({ ...london, label: 'London' })

    expect(written()?.instances).toEqual([
      { ...london, label: 'London', isPractice: false, client: { attempts: 2 } },
    ])
  })

  it('say when they could not be written down', () => {
    expect(aBook({ isDiskFull: true }).book.remember(london)).toBe(false)
    expect(aBook().book.remember(london)).toBe(true)
  })

  it('are those of the policy first, which nobody can change', () => {
    const policy = aPolicy({ instances: [{ ...main, instanceId: london.instanceId, label: 'Decided' }] })
    const { book, written } = aBook({ client: {}, policy })

    book.remember({ ...london, label: 'Mine' })

    expect(written()).toBeNull()
    expect(book.all).toEqual([
      {
        instanceId: london.instanceId,
        label: 'Decided',
        tag: 'EW2',
        region: 'eu-west-2',
        endpoint: null,
        isPractice: false,
      },
    ])
  })
})
