import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { countCharacters } from '#shared/characters.ts'
import { DeskError } from '#shared/failure.ts'
import type { Chat } from '#shared/model.ts'
import { request } from '../desk.ts'
import { isDown } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import { quietly } from '../stores/notices.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { hasFormatting } from './formatting.ts'
import { splitText } from './split-text.ts'

const saveDraftAfter = 400
const typingEvery = 3_000

export interface Composer {
  readonly text: Ref<string>
  /** What follows once this part is sent, after a split. */
  readonly rest: Ref<string>
  readonly failure: Ref<string | null>
  readonly isDraftSaved: Ref<boolean>
  /** In characters as the service counts them. */
  readonly length: ComputedRef<number>
  readonly over: ComputedRef<number>
  readonly canSend: ComputedRef<boolean>
  readonly isQueueing: ComputedRef<boolean>
  readonly send: () => Promise<void>
  readonly split: () => void
  /** The agent asked for formatting in this text. */
  readonly markFormatted: () => void
}

/** The text of one chat on its way: kept as a draft, and kept again whenever sending fails. */
export function useComposer(chat: () => Chat): Composer {
  const clock = useClock()
  const workspace = useWorkspace()
  const { chatId } = chat()
  const text = ref(workspace.drafts.get(chatId) ?? chat().draft)
  const rest = ref('')
  const failure = ref<string | null>(null)
  const isDraftSaved = ref(false)
  const isSending = ref(false)
  let saveTimer: number | undefined
  let lastTyping = 0

  const length = computed(() => countCharacters(text.value))
  const over = computed(() => Math.max(0, length.value - chat().maxCharacters))
  const canSend = computed(() => text.value.trim() !== '' && over.value === 0 && !isSending.value)
  // While what was missed is being read, messages go out already.
  const isQueueing = computed(() => chat().link.phase !== 'catching-up' && isDown(chat(), clock.now))

  function whole(): string {
    return rest.value === '' ? text.value : `${text.value}\n${rest.value}`
  }

  async function saveDraft(): Promise<void> {
    window.clearTimeout(saveTimer)
    saveTimer = undefined
    const draft = whole()
    await quietly(request('chat.draft', { chatId, text: draft }))
    isDraftSaved.value = draft !== '' && draft === whole()
  }

  function reportTyping(): void {
    if (text.value.trim() === '' || Date.now() - lastTyping < typingEvery) return
    lastTyping = Date.now()
    void quietly(request('chat.typing', { chatId }))
  }

  watch([text, rest], () => {
    workspace.drafts.set(chatId, whole())
    isDraftSaved.value = false
    window.clearTimeout(saveTimer)
    saveTimer = window.setTimeout(() => void saveDraft(), saveDraftAfter)
    if (whole() === '' && !isSending.value) workspace.formatted.delete(chatId)
    if (!isSending.value) reportTyping()
  })

  async function send(): Promise<void> {
    if (!canSend.value) return
    const sent = text.value.trim()
    const isAsked = workspace.formatted.has(chatId)
    isSending.value = true
    failure.value = null
    text.value = rest.value
    rest.value = ''
    if (text.value === '') workspace.formatted.delete(chatId)
    try {
      const contentType = hasFormatting(sent, isAsked) ? 'text/markdown' : 'text/plain'
      await request('chat.send', { chatId, text: sent, contentType })
    } catch (error) {
      if (isAsked) markFormatted()
      text.value = [sent, text.value].filter((part) => part !== '').join('\n')
      if (!(error instanceof DeskError)) throw error
      failure.value = error.failure.message
    } finally {
      isSending.value = false
      void saveDraft()
    }
  }

  function split(): void {
    const [first, after] = splitText(text.value, chat().maxCharacters)
    rest.value = [after, rest.value].filter((part) => part !== '').join('\n')
    text.value = first
  }

  function markFormatted(): void {
    workspace.formatted.add(chatId)
  }

  onScopeDispose(() => {
    if (saveTimer !== undefined) void saveDraft()
  })

  return { text, rest, failure, isDraftSaved, length, over, canSend, isQueueing, send, split, markFormatted }
}
