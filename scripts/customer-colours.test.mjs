import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const tokens = readFileSync('src-renderer/styles/tokens.css', 'utf8')

const themes = ['light', 'dark']

/** @type {(token: string, theme: string) => string} */
function colour(token, theme) {
  const found = new RegExp(`--${token}: light-dark\\((#[\\da-f]+), (#[\\da-f]+)\\)`, 'u').exec(tokens)
  const value = found?.[theme === 'light' ? 1 : 2]
  if (value === undefined) throw new Error(`no colour ${token}`)
  return value.length === 4 ? value.replace(/[\da-f]/gu, '$&$&') : value
}

/**
 * As WCAG 2 defines it.
 * @type {(hex: string) => number}
 */
function luminance(hex) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** @type {(one: string, other: string) => number} */
function contrast(one, other) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/**
 * `color-mix(in srgb, currentColor 72%, transparent)` on a surface: the chip of a tab.
 * @type {(hex: string, surface: string) => string}
 */
function chip(hex, surface) {
  const parts = [1, 3, 5].map((at) => {
    const mixed = 0.72 * parseInt(hex.slice(at, at + 2), 16) + 0.28 * parseInt(surface.slice(at, at + 2), 16)
    return Math.round(mixed).toString(16).padStart(2, '0')
  })
  return `#${parts.join('')}`
}

const hues = Array.from({ length: 12 }, (_, index) => index + 1)

it.each(themes.flatMap((theme) => hues.map((hue) => [theme, String(hue)])))(
  '[G6] the %s colours of customer %s can be read and told from what is around them',
  (theme, hue) => {
    const text = colour(`hue-${hue}-fg`, theme)

    expect(contrast(text, colour(`hue-${hue}-bg`, theme))).toBeGreaterThanOrEqual(4.5)
    for (const surface of ['surface-app', 'surface-canvas', 'surface-sunken']) {
      const around = colour(surface, theme)
      expect(contrast(chip(text, around), around)).toBeGreaterThanOrEqual(3)
    }
  },
)

it.each(themes)('[G6] no two customers share their %s colours', (theme) => {
  expect(new Set(hues.map((hue) => colour(`hue-${hue}-bg`, theme))).size).toBe(12)
  expect(new Set(hues.map((hue) => colour(`hue-${hue}-fg`, theme))).size).toBe(12)
})
