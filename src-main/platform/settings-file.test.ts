import { describe, expect, it } from 'vitest'
import type { StoreFile } from './store-file.ts'
import { defaults, SettingsFile } from './settings-file.ts'

function aFile(
  content: () => unknown,
): Pick<StoreFile, 'read' | 'write' | 'setAside'> & { written: unknown[]; setAsides: number } {
  return {
    written: [],
    setAsides: 0,
    read: content,
    write(value) {
      this.written.push(value)
    },
    setAside() {
      this.setAsides += 1
    },
  }
}

describe('the settings file', () => {
  it('begins with defaults where there is no file', () => {
    const settings = new SettingsFile(aFile(() => undefined))

    expect(settings.kept).toEqual(defaults)
    expect(settings.wasBroken).toBe(false)
  })

  it('reads what it wrote', () => {
    const file = aFile(() => undefined)
    new SettingsFile(file).change({ settings: { ...defaults.settings, theme: 'dark' } })

    const again = new SettingsFile(aFile(() => file.written[0]))

    expect(again.kept.settings.theme).toBe('dark')
  })

  it.each([
    ['something that is not an object', 'text'],
    ['a theme nobody knows', { ...defaults, settings: { ...defaults.settings, theme: 'pink' } }],
    ['a key from elsewhere', { ...defaults, token: 'x' }],
    ['an empty object', {}],
  ])('sets %s aside and goes on with defaults', (_what, content) => {
    const file = aFile(() => content)

    const settings = new SettingsFile(file)

    expect([settings.wasBroken, file.setAsides, settings.kept]).toEqual([true, 1, defaults])
  })

  it('sets a file aside that is not JSON', () => {
    const file = aFile(() => {
      throw new SyntaxError('Unexpected token')
    })

    expect(new SettingsFile(file).wasBroken).toBe(true)
    expect(file.setAsides).toBe(1)
  })

  it('leaves an unreadable file alone where it cannot be set aside, and goes on with defaults', () => {
    const file = aFile(() => 'text')
    const { setAside } = file
    file.setAside = () => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' })
    }

    const settings = new SettingsFile(file)

    expect([settings.wasBroken, settings.isSetAside, settings.kept]).toEqual([true, false, defaults])
    expect(settings.change({ bounds: defaults.bounds })).toBe(false)
    expect(file.written).toEqual([])
    file.setAside = setAside
    expect(settings.change({ bounds: defaults.bounds })).toBe(true)
    expect([file.setAsides, file.written]).toEqual([1, [defaults]])
  })

  it('reads instances from before they had settings of their own', () => {
    const london = {
      instanceId: 'token eu-west-2',
      label: 'eu-west-2',
      tag: 'EW2',
      region: 'eu-west-2',
      isPractice: false,
      endpoint: null,
    }
    const settings = new SettingsFile(aFile(() => ({ ...defaults, instances: [london] })))

    expect(settings.wasBroken).toBe(false)
    expect(settings.kept.instances).toEqual([{ ...london, client: {} }])
  })

  it('keeps a change in memory when the disk refuses it', () => {
    const file = aFile(() => undefined)
    file.write = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }
    const settings = new SettingsFile(file)

    const isSaved = settings.change({ settings: { ...defaults.settings, theme: 'dark' } })

    expect(isSaved).toBe(false)
    expect(settings.kept.settings.theme).toBe('dark')
  })
})
