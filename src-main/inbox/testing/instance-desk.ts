import type { InstanceDraft, InstanceEdit, InstanceSettings } from '#shared/instance-settings.ts'
import { AuthorityShelf } from '../../platform/authority-shelf.ts'
import type { ClientSettings } from '../../platform/client-settings.ts'
import { defaults, type Kept, type KnownInstance, SettingsFile } from '../../platform/settings-file.ts'
import { InstanceBook } from '../instance-book.ts'
import { type EditorPorts, InstanceEditor } from '../instance-editor.ts'
import { tokenInstance } from '../instances.ts'
import { readPolicy } from '../policy.ts'

export const london = tokenInstance('eu-west-2', null)

interface DeskOptions {
  readonly client?: ClientSettings
  readonly policy?: unknown
  readonly chats?: number
  readonly disk?: string
  readonly reach?: EditorPorts['reach']
  readonly chosen?: string | null
}

export interface InstanceDesk {
  readonly editor: InstanceEditor
  readonly settings: SettingsFile
  /** What reached the disk, and whose change was told. */
  readonly written: readonly Kept[]
  readonly changed: readonly string[]
  shown(instanceId?: string): InstanceSettings
  kept(): KnownInstance | undefined
}

/** The settings page's other side, over a settings file in memory that knows London. */
export function aDesk({
  client = {},
  policy = {},
  chats = 0,
  disk,
  reach,
  chosen = null,
}: DeskOptions = {}): InstanceDesk {
  const written: Kept[] = []
  const settings = new SettingsFile({
    read: () => ({ ...defaults, instances: [{ ...london, isPractice: false, client }] }),
    write: (value) => {
      if (disk !== undefined) throw Object.assign(new Error('no'), { code: disk })
      written.push(value as unknown as Kept)
    },
    setAside: () => undefined,
  })
  const found = readPolicy({ file: 'policy.json', text: JSON.stringify(policy) })
  if (found.notice !== null) throw new Error(found.notice.detail)
  const changed: string[] = []
  const editor = new InstanceEditor({
    book: new InstanceBook(settings, found.policy),
    shelf: new AuthorityShelf(),
    start: { region: 'us-east-1', endpoint: '' },
    chatsOf: () => chats,
    changed: ({ label }) => changed.push(label),
    reach: reach ?? (() => Promise.resolve({ milliseconds: 12, socket: { isOpen: true, sentence: '' } })),
    chooseAuthority: () => Promise.resolve(chosen),
  })
  const shown = (instanceId = london.instanceId) => {
    const instance = editor.list().instances.find((one) => one.instanceId === instanceId)
    if (instance === undefined) throw new Error(`${instanceId} is not listed.`)
    return instance
  }
  const kept = (): KnownInstance | undefined => settings.kept.instances[0]
  return { editor, shown, kept, written, changed, settings }
}

export type Change = Partial<InstanceDraft['texts']> &
  Partial<InstanceDraft['switches']> &
  Partial<InstanceDraft>

/** The draft with some fields typed over, whatever kind they are. */
function typed(draft: InstanceDraft, change: Change): InstanceDraft {
  const next = { texts: { ...draft.texts }, switches: { ...draft.switches } }
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(change)) {
    if (name in next.texts) Object.assign(next.texts, { [name]: value })
    else if (name in next.switches) Object.assign(next.switches, { [name]: value })
    else rest[name] = value
  }
  return { ...draft, ...next, ...rest }
}

export function edit(
  desk: InstanceDesk,
  change: Change,
  instanceId: string | null = london.instanceId,
): InstanceEdit {
  const { draft } = instanceId === null ? desk.editor.list().blank : desk.shown(instanceId)
  return { instanceId, draft: typed(draft, change) }
}
