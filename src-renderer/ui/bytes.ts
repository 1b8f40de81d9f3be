const units = ['bytes', 'KB', 'MB', 'GB'] as const

/** 214 KB, 2.4 MB: as file managers count, in steps of 1,000. */
export function fileSize(bytes: number): string {
  let value = bytes
  let step = 0
  while (value >= 1_000 && step < units.length - 1) {
    value /= 1_000
    step += 1
  }
  return `${step < 2 ? Math.round(value) : value.toFixed(1)} ${units[step] ?? ''}`
}

/** 2.7 of 4.2 MB */
export function progressSize(done: number, total: number): string {
  const [amount, unit] = fileSize(total).split(' ')
  const step = units.findIndex((name) => name === unit)
  const scaled = done / 1_000 ** Math.max(0, step)
  return `${step < 2 ? Math.round(scaled) : scaled.toFixed(1)} of ${amount ?? ''} ${unit ?? ''}`
}
