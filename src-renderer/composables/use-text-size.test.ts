import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { aSnapshot } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { shortcutOf } from './shortcut-of.ts'
import { useTextSize } from './use-text-size.ts'

describe('[E7] the size of the text', () => {
  let desk: FakeDesk

  beforeEach(() => {
    setActivePinia(createPinia())
    desk = new FakeDesk()
    useInbox().applySnapshot(aSnapshot())
  })

  function turned(deltaY: number, ctrlKey = true): WheelEvent {
    // The page of the tests leaves the keys out of a wheel.
    return Object.assign(new WheelEvent('wheel', { deltaY, cancelable: true }), { ctrlKey })
  }

  it('goes up and down in steps, and quick steps add up', () => {
    const size = useTextSize()
    size.step(1)
    size.step(1)
    size.step(-1)
    size.set(100)

    expect(desk.inputsOf('settings.change')).toEqual([
      { textSize: 110 },
      { textSize: 125 },
      { textSize: 110 },
      { textSize: 100 },
    ])
  })

  it('ends at the last step, and leaves an odd size for the next one', () => {
    const { settings } = useInbox()
    useInbox().applySnapshot(aSnapshot({ settings: { ...settings, textSize: 200 } }))
    useTextSize().step(1)
    useInbox().applySnapshot(aSnapshot({ settings: { ...settings, textSize: 133 } }))
    useTextSize().step(-1)

    expect(desk.inputsOf('settings.change')).toEqual([{ textSize: 125 }])
  })

  it('follows the wheel while Ctrl is held, one step for a notch or as much of a pad', () => {
    const size = useTextSize()
    for (const event of [turned(-120), turned(120, false), ...Array.from({ length: 10 }, () => turned(10))])
      size.turn(event)

    expect(desk.inputsOf('settings.change')).toEqual([{ textSize: 110 }, { textSize: 100 }])
  })

  it.each([
    ['+', 'Equal', true, 'larger'],
    ['=', 'Equal', false, 'larger'],
    ['+', 'NumpadAdd', false, 'larger'],
    ['-', 'Minus', false, 'smaller'],
    ['_', 'Minus', true, 'smaller'],
    ['0', 'Digit0', false, 'usual-size'],
    ['à', 'Digit0', false, 'usual-size'],
    ['0', 'Numpad0', false, 'usual-size'],
  ])('listens to %s', (...[key, code, shiftKey, name]) => {
    expect(shortcutOf(new KeyboardEvent('keydown', { key, code, shiftKey, ctrlKey: true }))).toBe(name)
    expect(shortcutOf(new KeyboardEvent('keydown', { key, code, shiftKey }))).toBeNull()
  })
})
