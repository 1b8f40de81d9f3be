const patienceMs = 20_000
/** Some of what is waited for is announced by nobody. */
const lookAgainMs = 20

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
      if (Date.now() > deadline) throw new Error(`Still waiting. Seen so far: ${describe()}`)
      await this.#announcement()
    }
  }

  #announcement(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, lookAgainMs)
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
