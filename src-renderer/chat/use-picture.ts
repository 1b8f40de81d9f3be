import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { DeskError, type FailureCode } from '#shared/failure.ts'
import type { Chat } from '#shared/model.ts'
import { isServed } from '#shared/link.ts'
import { request } from '../desk.ts'

export interface Picture {
  /** Null while there is nothing to show. */
  readonly url: Ref<string | null>
  /** The same, moving; null where nothing moves, or too much would. */
  readonly movingUrl: Ref<string | null>
  /** It is a picture, and more of one than a screen can take. */
  readonly isTooLarge: Ref<boolean>
  /** For the image's `error`: main lets pictures go to make room, and then the address is dead. */
  readonly broke: () => void
  /** For the image's `load`. */
  readonly shown: () => void
}

/** Why a picture cannot be had now but may be in a while. */
const passing: ReadonlySet<FailureCode> = new Set([
  'unreachable',
  'timed-out',
  'throttled',
  'service-unavailable',
  'gateway',
  'storage-refused',
  'file-unreadable',
])
const tryAgainAfter = [3_000, 15_000, 60_000] as const
const mostBreaks = 3

/** The picture of an attachment while `isWanted`. A dead address is asked for anew, trouble of the line is waited out. */
export function usePicture(
  chat: () => Chat | undefined,
  attachmentId: () => string,
  { isWanted, first = null }: { readonly isWanted: () => boolean; readonly first?: string | null },
): Picture {
  const url = ref(first)
  const movingUrl = ref<string | null>(null)
  const isTooLarge = ref(false)
  let tries = 0
  let breaks = 0
  let later: ReturnType<typeof setTimeout> | undefined
  let isGone = false

  /** `dead`: the address that did not work. The same again means that the picture itself is no good. */
  async function load(dead: string | null = null): Promise<void> {
    clearTimeout(later)
    const { chatId } = chat() ?? {}
    if (chatId === undefined || !isWanted() || url.value !== null) return
    try {
      const fresh = await request('attachment.preview', { chatId, attachmentId: attachmentId() })
      if (fresh.url === dead) return
      url.value = fresh.url
      movingUrl.value = fresh.movingUrl
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      isTooLarge.value = error.failure.code === 'too-large'
      if (passing.has(error.failure.code)) wait()
    }
  }

  function wait(): void {
    const delay = tryAgainAfter[tries]
    tries += 1
    if (delay !== undefined && !isGone) later = setTimeout(() => void load(), delay)
  }

  function broke(): void {
    const dead = url.value
    url.value = null
    movingUrl.value = null
    breaks += 1
    if (breaks <= mostBreaks) void load(dead)
  }

  function shown(): void {
    tries = 0
    breaks = 0
  }

  const canLoad = (): boolean => {
    const link = chat()?.link
    return link !== undefined && isServed(link)
  }
  watch([isWanted, canLoad], () => void load(), { immediate: true })
  onScopeDispose(() => {
    isGone = true
    clearTimeout(later)
  })

  return { url, movingUrl, isTooLarge, broke, shown }
}
