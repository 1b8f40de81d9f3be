import { describe, expect, it } from 'vitest'
import { cutTo } from './cut.ts'

describe('cutting a text', () => {
  it('[C2] leaves alone what fits', () => {
    expect(cutTo('Sofía', 5)).toBe('Sofía')
  })

  it('[C2] marks what it cut', () => {
    expect(cutTo('Sofía Álvarez', 6)).toBe('Sofía…')
  })

  it('[C2] leaves no half of a character', () => {
    expect(cutTo('ab😀cd', 4)).toBe('ab…')
  })
})
