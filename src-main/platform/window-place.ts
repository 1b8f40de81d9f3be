export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Place {
  readonly width: number
  readonly height: number
  readonly x?: number | undefined
  readonly y?: number | undefined
}

/**
 * A window as it was wanted, with its whole title bar on one display: the one that shows most of it, or the nearest.
 * `areas` are what displays leave to windows, the main one first. Without a place only the size is looked at.
 */
export function placeOn<P extends Place>(areas: readonly Area[], wanted: P): P {
  const { x, y } = wanted
  const [main] = areas
  if (main === undefined) return wanted
  if (x === undefined || y === undefined) return { ...wanted, ...sizeIn(main, wanted) }
  const whole = { ...wanted, x, y }
  const area = areas.reduce((best, other) => (isBetter(other, best, whole) ? other : best), main)
  const size = sizeIn(area, wanted)
  return {
    ...wanted,
    ...size,
    x: clamp(x, area.x, area.x + area.width - size.width),
    y: clamp(y, area.y, area.y + area.height - size.height),
  }
}

function sizeIn(area: Area, { width, height }: Place): { width: number; height: number } {
  return { width: Math.min(width, area.width), height: Math.min(height, area.height) }
}

function isBetter(area: Area, than: Area, window: Area): boolean {
  const [shared, best] = [sharedBy(area, window), sharedBy(than, window)]
  if (shared !== best) return shared > best
  return shared === 0 && distance(area, window) < distance(than, window)
}

function sharedBy(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

function distance(a: Area, b: Area): number {
  const across = Math.max(0, b.x - (a.x + a.width), a.x - (b.x + b.width))
  const down = Math.max(0, b.y - (a.y + a.height), a.y - (b.y + b.height))
  return Math.hypot(across, down)
}

/** The near edge wins where there is too little room for both. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
