import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { DeskError } from '#shared/failure.ts'
import type { Notice } from '#shared/model.ts'

/** What this page has to tell the agent itself: requests that failed, and things that were done. */
export const useNotices = defineStore('notices', () => {
  const shown = shallowRef<readonly Notice[]>([])
  let count = 0

  function tell(level: Notice['level'], title: string, detail = ''): void {
    count += 1
    const others = shown.value.filter((notice) => notice.title !== title || notice.detail !== detail)
    shown.value = [...others.slice(-2), { noticeId: `page-${count}`, level, title, detail }]
  }

  function dismiss(noticeId: string): void {
    shown.value = shown.value.filter((notice) => notice.noticeId !== noticeId)
  }

  /** Waits for a request and tells the agent when it fails: `what` says what did not happen. */
  async function attempt<T>(what: string, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work
    } catch (error) {
      report(what, error)
      return undefined
    }
  }

  /** Trouble that was foreseen is told with its reason; anything else is a bug and goes on as one. */
  function report(what: string, error: unknown): void {
    if (!(error instanceof DeskError)) throw error
    tell('alert', what, error.failure.message)
  }

  return { shown, tell, dismiss, attempt, report }
})

/** For reports main can do without: typing, what was seen, a timeline no longer looked at. */
export async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
  }
}
