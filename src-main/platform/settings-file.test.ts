import { describe, expect, it } from 'vitest'
import type { StoreFile } from './store-file.ts'
import { defaults, SettingsFile } from './settings-file.ts'
import { EncodingError } from './text-file.ts'

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

const withClient = {
  instanceId: 'token eu-west-2',
  label: 'eu-west-2',
  tag: 'EW2',
  region: 'eu-west-2',
  isPractice: false,
  endpoint: null,
  client: {},
}
const london = withClient

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
    ['a text', 'text'],
    ['a list', []],
    ['nothing', null],
  ])('sets %s aside and goes on with defaults', (_what, content) => {
    const file = aFile(() => content)

    const settings = new SettingsFile(file)

    expect([settings.wasBroken, file.setAsides, settings.kept]).toEqual([true, 1, defaults])
  })

  it.each<[string, object, string[], object]>([
    [
      'a small window',
      { bounds: { width: 500, height: 380, isMaximized: false } },
      [],
      { bounds: { width: 500 } },
    ],
    [
      'a width that is none',
      { bounds: { width: 'wide', height: 700, isMaximized: true } },
      ['bounds.width'],
      { bounds: { width: 1280, height: 700, isMaximized: true } },
    ],
    [
      'a theme of a later version',
      { settings: { theme: 'sepia', sendWith: 'ctrl-enter' } },
      ['settings.theme'],
      {
        settings: { theme: 'system', sendWith: 'ctrl-enter' },
      },
    ],
    ['settings that are a list', { settings: [] }, ['settings'], { settings: defaults.settings }],
    [
      'an instance without a region',
      { instances: [london, { label: 'Paris' }] },
      ['instances.1'],
      {
        instances: [london],
      },
    ],
    [
      'one bad value of an instance',
      { instances: [{ ...london, client: { attempts: 0, fips: true } }] },
      [],
      {
        instances: [{ ...london, client: { fips: true } }],
      },
    ],
    ['instances that are none', { instances: 'London' }, ['instances'], { instances: [] }],
    ['nothing at all', {}, [], defaults],
  ])('[D4] keeps all the rest beside %s', (...[, content, unusable, kept]) => {
    const file = aFile(() => content)

    const settings = new SettingsFile(file)

    expect([settings.wasBroken, file.setAsides, settings.unusable]).toEqual([false, 0, unusable])
    expect(settings.kept).toMatchObject(kept)
  })

  it('[D3] [D4] writes back what another version put there, and what it cannot use', () => {
    const later = {
      settings: { ...defaults.settings, theme: 'sepia', sound: 'bell' },
      bounds: defaults.bounds,
      instances: [{ ...london, colour: 'red', client: { turbo: true, fips: true } }, { label: 'Paris' }],
      layout: { panes: 3 },
    }
    const file = aFile(() => later)
    const settings = new SettingsFile(file)

    settings.change({ settings: { ...settings.kept.settings, sendWith: 'ctrl-enter' } })
    settings.change({ instances: settings.kept.instances.map((one) => ({ ...one, label: 'City' })) })

    expect(file.written.at(-1)).toEqual({
      ...later,
      settings: { ...later.settings, sendWith: 'ctrl-enter' },
      instances: [{ ...later.instances[0], label: 'City' }, { label: 'Paris' }],
    })
  })

  it('[D4] lets go of an instance that was removed, and writes a setting that was chosen', () => {
    const file = aFile(() => ({ settings: { theme: 'sepia' }, instances: [london] }))
    const settings = new SettingsFile(file)

    settings.save({ instances: [], settings: { ...settings.kept.settings, theme: 'dark' } })

    expect(file.written.at(-1)).toMatchObject({ settings: { theme: 'dark' }, instances: [] })
  })

  it('[A3] names the encoding of a file that cannot be read', () => {
    const file = aFile(() => {
      throw new EncodingError('UTF-32')
    })

    const settings = new SettingsFile(file)

    expect(settings.wasBroken).toBe(true)
    expect(settings.encoding).toContain('UTF-32')
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
    const { client: _, ...london } = withClient
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
