const lookEvery = 20

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Looks again and again. False when the claim did not come true in time. */
export async function eventually(claim: () => boolean, within: number): Promise<boolean> {
  const started = performance.now()
  while (!claim()) {
    if (performance.now() - started > within) return false
    await pause(lookEvery)
  }
  return true
}

/** As `eventually`, for what has to be there before a test can begin. */
export async function surely(claim: () => boolean, within = 8000): Promise<void> {
  if (!(await eventually(claim, within))) throw new Error(`Not within ${within} ms: ${String(claim)}`)
}
