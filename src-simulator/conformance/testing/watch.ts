const patienceMs = 8000

/** Lets a test wait for something that others announce. */
export class Watch {
  #waiting: (() => void)[] = []

  announce(): void {
    for (const look of this.#waiting.splice(0)) look()
  }

  /** Settles once `isSo`. Rejects with what `describe` says when that takes too long. */
  async until(isSo: () => boolean, describe: () => string): Promise<void> {
    const deadline = Date.now() + patienceMs
    while (!isSo()) {
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new Error(`Still waiting. Seen so far: ${describe()}`)
      await this.#announcementWithin(leftMs)
    }
  }

  #announcementWithin(leftMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, leftMs)
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
