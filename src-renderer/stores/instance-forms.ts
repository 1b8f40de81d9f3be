import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type {
  Field,
  InstanceDraft,
  InstanceEdit,
  InstanceList,
  InstanceSettings,
  Issue,
  ReachOutcome,
  ShownAuthority,
  SwitchField,
  TextField,
} from '#shared/instance-settings.ts'
import { request } from '../desk.ts'
import { useInbox } from './inbox.ts'
import { useNotices } from './notices.ts'

/** The form of an instance that does not exist yet. */
export const newInstance = ''

/** Forms of the settings page. What is typed stays here until it is saved or discarded, also while a chat is in front. */
export const useInstanceForms = defineStore('instance-forms', () => {
  const inbox = useInbox()
  const notices = useNotices()
  const list = shallowRef<InstanceList | null>(null)
  const chosen = ref<string | null>(null)
  const drafts = shallowReactive(new Map<string, InstanceDraft>())
  const picked = shallowReactive(new Map<string, ShownAuthority>())
  const issues = shallowRef<readonly Issue[]>([])
  const reach = shallowRef<ReachOutcome | 'asking' | null>(null)
  /** What came of saving, until the next change. */
  const failure = ref<string | null>(null)
  const isSaved = ref(false)
  const isSaving = ref(false)
  /** Rises with everything that makes an answer under way out of date. */
  const turn = ref(0)

  const settings = computed<Omit<InstanceSettings, 'instanceId'> | null>(() => {
    if (chosen.value === newInstance) return list.value?.blank ?? null
    return list.value?.instances.find(({ instanceId }) => instanceId === chosen.value) ?? null
  })
  const draft = computed(() => drafts.get(chosen.value ?? newInstance) ?? settings.value?.draft ?? null)
  const isChanged = computed(() => chosen.value !== null && drafts.has(chosen.value))
  const chatCount = computed(() => (chosen.value === null ? 0 : chatsOf(chosen.value)))

  function chatsOf(instanceId: string): number {
    return [...inbox.chats.values()].filter((chat) => chat.instanceId === instanceId).length
  }

  async function load(): Promise<void> {
    const found = await notices.attempt('The instances could not be read.', request('instances.list'))
    if (found !== undefined) list.value = found
  }

  function choose(instanceId: string | null): void {
    chosen.value = instanceId
    turn.value += 1
    forgetOutcome()
    issues.value = []
    if (isChanged.value) void check()
  }

  function change(next: Partial<InstanceDraft>): void {
    if (draft.value === null || chosen.value === null) return
    drafts.set(chosen.value, { ...draft.value, ...next })
    forgetOutcome()
    void check()
  }

  function setText(field: TextField, value: string): void {
    if (draft.value !== null) change({ texts: { ...draft.value.texts, [field]: value } })
  }

  function setSwitch(field: SwitchField, isOn: boolean): void {
    if (draft.value !== null) change({ switches: { ...draft.value.switches, [field]: isOn } })
  }

  function discard(): void {
    if (chosen.value !== null) drafts.delete(chosen.value)
    choose(chosen.value === newInstance ? null : chosen.value)
  }

  async function check(): Promise<void> {
    const edit = currentEdit()
    if (edit === null) return
    const asked = ++turn.value
    const work = request('instances.check', edit)
    const found = await notices.attempt('The settings could not be checked.', work)
    if (asked === turn.value && found !== undefined) issues.value = found.issues
  }

  function currentEdit(): InstanceEdit | null {
    if (chosen.value === null || draft.value === null) return null
    return { instanceId: chosen.value === newInstance ? null : chosen.value, draft: draft.value }
  }

  function forgetOutcome(): void {
    failure.value = null
    isSaved.value = false
    reach.value = null
  }

  function issueOf(field: Field): string | null {
    return issues.value.find((issue) => issue.field === field)?.sentence ?? null
  }

  /** Why a field cannot be changed, null when it can. */
  function lockOf(field: Field): string | null {
    if (settings.value?.locked.includes(field) === true) return 'Set by your administrator.'
    const isPlace = field === 'region' || field === 'endpoint'
    return isPlace && chatCount.value > 0 ? 'Stays as it is while its chats are open.' : null
  }

  return {
    list,
    chosen,
    drafts,
    picked,
    turn,
    draft,
    settings,
    issues,
    reach,
    failure,
    isSaved,
    isSaving,
    isChanged,
    chatCount,
    chatsOf,
    load,
    choose,
    change,
    setText,
    setSwitch,
    discard,
    issueOf,
    lockOf,
    currentEdit,
    forgetOutcome,
  }
})
