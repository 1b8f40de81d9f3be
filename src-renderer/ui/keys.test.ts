import { describe, expect, it } from 'vitest'
import { commandKeys, digitOf, isComposing } from './keys.ts'

describe('commandKeys', () => {
  it.each([
    ['a Latin keyboard', 'k', 'KeyK', ['k']],
    ['a Cyrillic one', 'л', 'KeyK', ['л', 'k']],
    ['a Greek one', 'ς', 'KeyW', ['ς', 'w']],
    ['a Hebrew one, where the place writes a quote', "'", 'KeyW', ["'", 'w']],
    ['an Arabic one', 'ن', 'KeyK', ['ن', 'k']],
    ['an Arabic one that writes two letters', 'لا', 'KeyB', ['لا', 'b']],
    ['a Turkish one, whose i has no dot', 'ı', 'KeyI', ['ı', 'i']],
    ['Dvorak, where the place of W writes a comma', ',', 'KeyW', [',', 'w']],
    ['AZERTY, by what is written', 'w', 'KeyZ', ['w']],
    ['Bépo: a letter with an accent is one of its own', 'é', 'KeyW', ['é']],
    ['the comma of a Cyrillic one', 'б', 'Comma', ['б', ',']],
  ])('[F1] knows a key of %s', (...[, key, code, names]) => {
    expect(commandKeys({ key, code })).toEqual(names)
  })
})

describe('digitOf', () => {
  it.each([
    ['a plain keyboard', '1', 'Digit1', false, 1],
    ['AZERTY', '&', 'Digit1', false, 1],
    ['AZERTY with Shift', '2', 'Digit2', true, 2],
    ['Czech', 'ě', 'Digit2', false, 2],
    ['an Arabic one', '٣', 'Digit3', false, 3],
    ['the number pad', '4', 'Numpad4', false, 4],
    ['a list key, which is no digit', '&', 'Digit7', true, null],
    ['a letter', 'k', 'KeyK', false, null],
  ])('[F2] reads %s', (...[, key, code, shiftKey, digit]) => {
    expect(digitOf({ key, code, shiftKey })).toBe(digit)
  })
})

describe('isComposing', () => {
  it.each([
    [{ isComposing: true, key: 'k', keyCode: 75 }, true],
    [{ isComposing: false, key: 'Process', keyCode: 75 }, true],
    [{ isComposing: false, key: 'k', keyCode: 229 }, true],
    [{ isComposing: false, key: 'k', keyCode: 75 }, false],
  ])('[F3] %o: %s', (event, is) => {
    expect(isComposing(event)).toBe(is)
  })
})
