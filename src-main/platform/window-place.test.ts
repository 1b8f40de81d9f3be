import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeOn, type Area } from './window-place.ts'

const main: Area = { x: 0, y: 24, width: 1920, height: 1056 }
const left: Area = { x: -2560, y: 0, width: 2560, height: 1440 }
const size = { width: 1280, height: 800 }

describe('the place of a window', () => {
  it('[E5] stays where it was, on any display', () => {
    expect(placeOn([main, left], { ...size, x: 100, y: 100 })).toEqual({ ...size, x: 100, y: 100 })
    expect(placeOn([main, left], { ...size, x: -2000, y: 300 })).toEqual({ ...size, x: -2000, y: 300 })
  })

  it.each([
    ['right of every display', { x: 4000, y: 300 }, { x: 640, y: 280 }],
    ['left of every display', { x: -3000, y: 300 }, { x: 0, y: 280 }],
    ['above', { x: 10, y: -3000 }, { x: 10, y: 24 }],
    ['below', { x: 10, y: 3000 }, { x: 10, y: 280 }],
    ['half outside', { x: 1500, y: 20 }, { x: 640, y: 24 }],
  ])('[E5] comes back from %s', (_where, wanted, place) => {
    expect(placeOn([main], { ...size, ...wanted })).toEqual({ ...size, ...place })
  })

  it('[E5] is no larger than the display, and moves when its display is taken away', () => {
    expect(placeOn([main], { width: 9000, height: 9000, x: 50, y: 50 })).toEqual(main)
    expect(placeOn([main], { width: 9000, height: 700 })).toEqual({ width: 1920, height: 700 })
    expect(placeOn([main], { ...size, x: -2000, y: 300 })).toEqual({ ...size, x: 0, y: 280 })
  })

  it('[E5] has its whole title bar on a display, whatever was kept and whatever is plugged in', () => {
    const coordinate = fc.integer({ min: -20_000, max: 20_000 })
    const area = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 640, max: 6000 }),
      height: fc.integer({ min: 400, max: 4000 }),
    })
    fc.assert(
      fc.property(fc.array(area, { minLength: 1, maxLength: 4 }), area, (areas, wanted) => {
        const placed = placeOn(areas, wanted)
        return areas.some(
          ({ x, y, width, height }) =>
            placed.x >= x &&
            placed.x + placed.width <= x + width &&
            placed.y >= y &&
            placed.y + placed.height <= y + height,
        )
      }),
    )
  })
})
