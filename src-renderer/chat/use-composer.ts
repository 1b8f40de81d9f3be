import { computed, shallowRef, type ComputedRef, type WritableComputedRef } from 'vue'
import { countCharacters } from '#shared/characters.ts'
import type { Chat, Upload } from '#shared/model.ts'
import { request } from '../desk.ts'
import { isQueued } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import type { Keeping } from '../stores/composer-draft.ts'
import { useDrafts } from '../stores/drafts.ts'
import { useInbox } from '../stores/inbox.ts'
import { quietly } from '../stores/notices.ts'
import { fieldsIn, type Field } from './fields.ts'
import { hasFormatting } from './formatting.ts'
import { splitText } from './split-text.ts'

const typingEvery = 3_000

export interface Composer {
  readonly text: WritableComputedRef<string>
  /** What follows once this part is sent, after a split. */
  readonly rest: ComputedRef<string>
  readonly failure: ComputedRef<string | null>
  readonly keeping: ComputedRef<Keeping>
  /** In characters as the service counts them. */
  readonly length: ComputedRef<number>
  readonly over: ComputedRef<number>
  /** Left by a quick response and not filled in: they must not reach the customer. */
  readonly unfilled: ComputedRef<readonly Field[]>
  /** Files that one press of Send takes along. */
  readonly staged: ComputedRef<readonly Upload[]>
  readonly canSend: ComputedRef<boolean>
  readonly isQueueing: ComputedRef<boolean>
  readonly send: () => void
  /** The first part, to be put in the field; the second follows by itself. */
  readonly split: () => string
  /** The browser took the split back, or did it again. */
  readonly followHistory: (inputType: string) => void
  /** The agent asked for formatting in this text. */
  readonly markFormatted: () => void
  /** The agent means the braces as they stand. */
  readonly meanFields: () => void
}

interface Split {
  readonly whole: string
  readonly first: string
  readonly restBefore: string
  readonly restAfter: string
}

/** What is typed to one customer, as the composer shows it. The draft behind it outlives this composer. */
export function useComposer(chat: () => Chat): Composer {
  const clock = useClock()
  const inbox = useInbox()
  const { chatId } = chat()
  const draft = useDrafts().of(chat())
  const meant = shallowRef<ReadonlySet<string>>(new Set())
  let splits: readonly Split[] = []
  let lastTyping = 0

  const text = computed({
    get: () => draft.text,
    set: (next) => {
      draft.text = next
      reportTyping()
    },
  })
  const length = computed(() => countCharacters(draft.text))
  const over = computed(() => Math.max(0, length.value - chat().maxCharacters))
  const unfilled = computed(() => fieldsIn(draft.text, meant.value))
  const staged = computed(() =>
    (inbox.uploads.get(chatId) ?? []).filter(({ state }) => state.phase === 'staged'),
  )
  const hasSomething = computed(() => draft.text.trim() !== '' || staged.value.length > 0)
  const canSend = computed(() => hasSomething.value && over.value === 0 && unfilled.value.length === 0)
  const isQueueing = computed(() => isQueued(chat(), clock.now))

  function reportTyping(): void {
    if (draft.text.trim() === '' || Date.now() - lastTyping < typingEvery) return
    lastTyping = Date.now()
    void quietly(request('chat.typing', { chatId }))
  }

  function send(): void {
    if (!canSend.value) return
    const sent = draft.text.trim()
    const { isFormatted } = draft
    draft.send({
      text: sent,
      contentType: hasFormatting(sent, isFormatted) ? 'text/markdown' : 'text/plain',
      isFormatted,
      uploadIds: staged.value.map(({ uploadId }) => uploadId),
    })
    meant.value = new Set()
    splits = []
  }

  function split(): string {
    const whole = draft.text
    const restBefore = draft.rest
    const [first, after] = splitText(whole, chat().maxCharacters)
    const restAfter = [after, restBefore].filter((part) => part !== '').join('\n')
    splits = [...splits, { whole, first, restBefore, restAfter }]
    draft.rest = restAfter
    return first
  }

  function followHistory(inputType: string): void {
    if (inputType === 'historyUndo') {
      const undone = splits.find(({ whole, restAfter }) => whole === draft.text && restAfter === draft.rest)
      if (undone !== undefined) draft.rest = undone.restBefore
    } else if (inputType === 'historyRedo') {
      const redone = splits.find(({ first, restBefore }) => first === draft.text && restBefore === draft.rest)
      if (redone !== undefined) draft.rest = redone.restAfter
    }
  }

  function markFormatted(): void {
    draft.isFormatted = true
  }

  function meanFields(): void {
    meant.value = new Set([...meant.value, ...unfilled.value.map(({ name }) => name)])
  }

  return {
    text,
    rest: computed(() => draft.rest),
    failure: computed(() => draft.failure),
    keeping: computed(() => draft.keeping),
    length,
    over,
    unfilled,
    staged,
    canSend,
    isQueueing,
    send,
    split,
    followHistory,
    markFormatted,
    meanFields,
  }
}
