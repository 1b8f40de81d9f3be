import { describe, expect, it } from 'vitest'
import { acceleratorOf, shortcutNames } from '#shared/shortcuts.ts'
import { applicationMenu } from './application-menu.ts'

type Item = NonNullable<ReturnType<typeof applicationMenu>>[number]

function itemsOf(platform: NodeJS.Platform, pressed: string[] = []): readonly Item[] {
  const menu = applicationMenu(platform, {
    press: (name) => pressed.push(name),
    quit: () => pressed.push('quit'),
  })
  return (menu ?? []).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
}

/** Nothing of what Electron hands over is looked at. */
const press = {} as never

describe('[E3] the application menu', () => {
  it('has on macOS the roles without which nothing can be copied, hidden or undone', () => {
    const roles = itemsOf('darwin').map(({ role }) => role)

    for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'hide', 'hideOthers', 'unhide'])
      expect(roles).toContain(role)
  })

  it('quits on macOS by the question, and not behind its back', () => {
    const pressed: string[] = []
    const items = itemsOf('darwin', pressed)
    const quit = items.find(({ accelerator }) => accelerator === 'Command+Q')

    expect(items.map(({ role }) => role)).not.toContain('quit')
    quit?.click?.(press, undefined, press)
    expect(pressed).toEqual(['quit'])
  })

  it('shows every key of the one table, and each item does what its key does', () => {
    const pressed: string[] = []
    const items = itemsOf('darwin', pressed).filter(({ label }) => label !== 'Quit Parley')
    const withKeys = items.filter(({ accelerator }) => accelerator !== undefined)
    for (const { click } of withKeys) click?.(press, undefined, press)

    expect(withKeys.map(({ accelerator }) => accelerator).sort()).toEqual(
      shortcutNames.map(acceleratorOf).sort(),
    )
    expect([...pressed].sort()).toEqual([...shortcutNames].sort())
  })

  it.each(['linux', 'win32'] as const)('is none on %s', (platform) => {
    expect(applicationMenu(platform, { press: () => undefined, quit: () => undefined })).toBeNull()
  })
})
