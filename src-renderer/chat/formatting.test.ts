import { describe, expect, it } from 'vitest'
import { hasFormatting } from './formatting.ts'

describe('hasFormatting', () => {
  it.each([
    ['Hello there', false],
    ['5*3*2 = 30', false],
    ['snake_case_name', false],
    ['see https://alder.example', false],
    ['1. Unplug it\n2. Wait', false],
    ['- 2 left', false],
    ['*wink*', false],
    ['# 12 on the list', false],
    ['**bold**', true],
    ['_soft_', true],
    ['[guide](https://alder.example)', true],
    ['part `OAK-214`', true],
    ['1. Unplug **it**', true],
  ])('%s, typed: %s', (text, expected) => {
    expect(hasFormatting(text, false)).toBe(expected)
  })

  it.each([
    ['Hello there', false],
    ['5*3*2 = 30', false],
    ['1. Unplug it\n2. Wait', true],
    ['- one\n- two', true],
    ['*wink*', true],
  ])('%s, after a formatting button: %s', (text, expected) => {
    expect(hasFormatting(text, true)).toBe(expected)
  })
})
