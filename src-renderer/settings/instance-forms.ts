import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { DeskError } from '#shared/failure.ts'
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
import { useInbox } from '../stores/inbox.ts'
import { useNotices } from '../stores/notices.ts'

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
  let turn = 0

  const settings = computed<Omit<InstanceSettings, 'instanceId'> | null>(() => {
    if (chosen.value === newInstance) return list.value?.blank ?? null
    return list.value?.instances.find(({ instanceId }) => instanceId === chosen.value) ?? null
  })
  const draft = computed(() => drafts.get(chosen.value ?? newInstance) ?? settings.value?.draft ?? null)
  const isChanged = computed(() => chosen.value !== null && drafts.has(chosen.value))
  const chatCount = computed(() => (chosen.value === null ? 0 : chatsOf(chosen.value)))
  const authorities = computed(() => {
    const known = new Map([...picked, ...(settings.value?.authorities ?? []).map(named)])
    return (draft.value?.authorityIds ?? []).map((id) => known.get(id)).filter((one) => one !== undefined)
  })

  function chatsOf(instanceId: string): number {
    return [...inbox.chats.values()].filter((chat) => chat.instanceId === instanceId).length
  }

  async function load(): Promise<void> {
    const found = await notices.attempt('The instances could not be read.', request('instances.list'))
    if (found !== undefined) list.value = found
  }

  function choose(instanceId: string | null): void {
    chosen.value = instanceId
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
    if (chosen.value === newInstance) chosen.value = null
    turn += 1
    issues.value = []
    forgetOutcome()
  }

  async function save(): Promise<void> {
    const edit = currentEdit()
    if (edit === null) return
    isSaving.value = true
    forgetOutcome()
    try {
      const outcome = await request('instances.save', edit)
      turn += 1
      if (outcome.outcome === 'invalid') {
        issues.value = outcome.issues
        return
      }
      drafts.delete(edit.instanceId ?? newInstance)
      list.value = outcome.list
      if (chosen.value !== (edit.instanceId ?? newInstance)) return
      chosen.value = outcome.instanceId
      issues.value = []
      isSaved.value = true
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      failure.value = error.failure.message
    } finally {
      isSaving.value = false
    }
  }

  /** True when it is gone. */
  async function remove(instanceId: string): Promise<boolean> {
    const work = request('instances.remove', { instanceId })
    const rest = await notices.attempt('The instance was not removed.', work)
    if (rest === undefined) return false
    list.value = rest
    drafts.delete(instanceId)
    if (chosen.value === instanceId) choose(null)
    return true
  }

  async function test(): Promise<void> {
    const edit = currentEdit()
    if (edit === null) return
    const asked = ++turn
    reach.value = 'asking'
    const outcome = await notices.attempt('The connection was not tested.', request('instances.reach', edit))
    if (asked !== turn) return
    reach.value = outcome ?? null
    if (outcome?.outcome === 'invalid') issues.value = outcome.issues
  }

  async function addAuthority(): Promise<void> {
    const from = chosen.value
    const outcome = await notices.attempt('No certificate was added.', request('instances.pick-authority'))
    if (outcome?.outcome !== 'picked' || chosen.value !== from || draft.value === null) return
    const { authority } = outcome
    picked.set(authority.authorityId, authority)
    const others = draft.value.authorityIds.filter((id) => id !== authority.authorityId)
    change({ authorityIds: [...others, authority.authorityId] })
  }

  async function check(): Promise<void> {
    const edit = currentEdit()
    if (edit === null) return
    const asked = ++turn
    const work = request('instances.check', edit)
    const found = await notices.attempt('The settings could not be checked.', work)
    if (asked === turn && found !== undefined) issues.value = found.issues
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
    draft,
    settings,
    issues,
    reach,
    failure,
    isSaved,
    isSaving,
    isChanged,
    chatCount,
    authorities,
    chatsOf,
    load,
    choose,
    change,
    setText,
    setSwitch,
    discard,
    save,
    remove,
    test,
    addAuthority,
    issueOf,
    lockOf,
  }
})

function named(authority: ShownAuthority): readonly [string, ShownAuthority] {
  return [authority.authorityId, authority]
}
