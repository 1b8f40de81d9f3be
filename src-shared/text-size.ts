/** Percent of the usual size; the steps of the keys and of the setting. */
export const textSizes = [80, 90, 100, 110, 125, 150, 175, 200] as const
export const usualTextSize = 100
export const smallestTextSize = 50
export const largestTextSize = 300

/** The next size in that direction; the same at the end. */
export function nextTextSize(size: number, by: 1 | -1): number {
  const next = by > 0 ? textSizes.find((step) => step > size) : textSizes.findLast((step) => step < size)
  return next ?? size
}
