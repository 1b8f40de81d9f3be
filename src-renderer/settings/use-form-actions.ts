import { DeskError } from '#shared/failure.ts'
import type { InstanceEdit, SaveOutcome } from '#shared/instance-settings.ts'
import { request } from '../desk.ts'
import { newInstance, useInstanceForms } from '../stores/instance-forms.ts'
import { useNotices } from '../stores/notices.ts'

type Saved = Extract<SaveOutcome, { outcome: 'saved' }>

interface FormActions {
  readonly save: () => Promise<void>
  readonly remove: (instanceId: string) => Promise<boolean>
  readonly test: () => Promise<void>
  readonly addAuthority: () => Promise<void>
}

/** What a form of an instance asks main to do. */
export function useFormActions(): FormActions {
  const forms = useInstanceForms()
  const notices = useNotices()

  async function save(): Promise<void> {
    const edit = forms.currentEdit()
    if (edit === null) return
    forms.isSaving = true
    forms.forgetOutcome()
    try {
      const outcome = await request('instances.save', edit)
      forms.turn += 1
      if (outcome.outcome === 'invalid') {
        forms.issues = outcome.issues
        return
      }
      finish(edit, outcome)
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      forms.failure = error.failure.message
    } finally {
      forms.isSaving = false
    }
  }

  /** What was typed while it was being saved stays typed. */
  function finish({ instanceId, draft }: InstanceEdit, saved: Saved): void {
    const key = instanceId ?? newInstance
    const typed = forms.drafts.get(key)
    forms.drafts.delete(key)
    if (typed !== undefined && typed !== draft) forms.drafts.set(saved.instanceId, typed)
    forms.list = saved.list
    if (forms.chosen !== key) return
    forms.chosen = saved.instanceId
    forms.issues = []
    forms.isSaved = !forms.isChanged
  }

  /** True when it is gone. */
  async function remove(instanceId: string): Promise<boolean> {
    const work = request('instances.remove', { instanceId })
    const rest = await notices.attempt('The instance was not removed.', work)
    if (rest === undefined) return false
    forms.list = rest
    forms.drafts.delete(instanceId)
    if (forms.chosen === instanceId) forms.choose(null)
    return true
  }

  async function test(): Promise<void> {
    const edit = forms.currentEdit()
    if (edit === null) return
    const asked = ++forms.turn
    forms.reach = 'asking'
    const outcome = await notices.attempt('The connection was not tested.', request('instances.reach', edit))
    if (asked !== forms.turn) return
    forms.reach = outcome ?? null
    if (outcome?.outcome === 'invalid') forms.issues = outcome.issues
  }

  async function addAuthority(): Promise<void> {
    const from = forms.chosen
    const outcome = await notices.attempt('No certificate was added.', request('instances.pick-authority'))
    if (outcome?.outcome !== 'picked' || forms.chosen !== from || forms.draft === null) return
    const { authority } = outcome
    forms.picked.set(authority.authorityId, authority)
    const others = forms.draft.authorityIds.filter((id) => id !== authority.authorityId)
    forms.change({ authorityIds: [...others, authority.authorityId] })
  }

  return { save, remove, test, addAuthority }
}
