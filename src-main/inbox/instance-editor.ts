import { DeskError, type Failure } from '#shared/failure.ts'
import {
  type Field,
  fields,
  type InstanceEdit,
  type InstanceList,
  type InstanceSettings,
  type Issue,
  type PickOutcome,
  type ReachOutcome,
  type SaveOutcome,
  type SocketReach,
} from '#shared/instance-settings.ts'
import { type AuthorityShelf, authorityId, showAuthority } from '../platform/authority-shelf.ts'
import type { Authority, ClientSettings } from '../platform/client-settings.ts'
import { draftIssues } from './draft-issues.ts'
import type { InstanceBook } from './instance-book.ts'
import { completeClient, type InstanceClient } from './instance-client.ts'
import { decidedFields, defaultDraft, draftOf, type NamedPlace } from './instance-draft.ts'
import { type InstanceOptions, tokenInstance } from './instances.ts'
import { readDraft } from './read-draft.ts'

export interface EditorPorts {
  readonly book: InstanceBook
  readonly shelf: AuthorityShelf
  /** Where the form of a new instance begins. */
  readonly start: { readonly region: string; readonly endpoint: string }
  /** Chats in the inbox, over or not. */
  readonly chatsOf: (instanceId: string) => number
  readonly changed: (instance: InstanceOptions) => void
  readonly reach: (
    instance: InstanceOptions,
    client: InstanceClient,
  ) => Promise<
    { readonly milliseconds: number; readonly socket: SocketReach } | { readonly failure: Failure }
  >
  /** Asks the person for a file. Null when they would rather not. */
  readonly chooseAuthority: () => Promise<string | null>
}

interface Candidate {
  readonly instance: InstanceOptions
  /** The user's own part of it. */
  readonly own: ClientSettings
  /** What would be in force. */
  readonly client: InstanceClient
}

/** Shows and changes how instances are reached, on behalf of the settings page. */
export class InstanceEditor {
  readonly #ports: EditorPorts

  constructor(ports: EditorPorts) {
    this.#ports = ports
  }

  list(): InstanceList {
    const { book, start } = this.#ports
    const nowhere = { instanceId: '', label: '', tag: '', region: '', endpoint: null }
    const { instanceId: _, draft, ...blank } = this.#show({ ...nowhere, isPractice: false })
    return {
      instances: book.all.map((instance) => this.#show(instance)),
      blank: { ...blank, draft: { ...draft, texts: { ...draft.texts, ...start } } },
      defaults: defaultDraft,
    }
  }

  check(edit: InstanceEdit): { readonly issues: readonly Issue[] } {
    const read = this.#read(edit)
    return { issues: 'issues' in read ? read.issues : [] }
  }

  /** Throws 'read-only', 'disk-full' or 'not-saved' with everything as it was. */
  save(edit: InstanceEdit): SaveOutcome {
    const { book, changed } = this.#ports
    if (edit.instanceId !== null) this.#requireOwn(edit.instanceId)
    const read = this.#read(edit)
    if ('issues' in read) return { outcome: 'invalid', issues: read.issues }
    const { instance, own } = read
    book.set(edit.instanceId, { ...instance, isPractice: false, client: own })
    changed(instance)
    return { outcome: 'saved', instanceId: instance.instanceId, list: this.list() }
  }

  /** Throws 'conflict' while a chat needs it. */
  remove(instanceId: string): InstanceList {
    this.#requireOwn(instanceId)
    if (this.#ports.chatsOf(instanceId) > 0) {
      throw new DeskError('conflict', 'Chats of this instance are open. Close them first.')
    }
    this.#ports.book.forget(instanceId)
    return this.list()
  }

  async reach(edit: InstanceEdit): Promise<ReachOutcome> {
    const read = this.#read(edit)
    if ('issues' in read) return { outcome: 'invalid', issues: read.issues }
    const { instance, client } = read
    const found = await this.#ports.reach(instance, client)
    if ('failure' in found) return { outcome: 'failed', sentence: found.failure.message }
    const host = instance.endpoint === null ? `The chat service in ${instance.region}` : hostOf(instance)
    return { outcome: 'reached', host, milliseconds: found.milliseconds, socket: found.socket }
  }

  async pickAuthority(): Promise<PickOutcome> {
    const file = await this.#ports.chooseAuthority()
    if (file === null) return { outcome: 'cancelled' }
    return { outcome: 'picked', authority: this.#ports.shelf.pick(file) }
  }

  #show(instance: InstanceOptions): InstanceSettings {
    const { book } = this.#ports
    const { instanceId } = instance
    const isManaged = book.isDecided(instanceId)
    const client = book.clientOf(instance)
    const authorities = client.authorities.map(showAuthority)
    const ids = authorities.map((shown) => shown.authorityId)
    return {
      instanceId,
      isManaged,
      draft: draftOf(instance, client, ids),
      locked: isManaged ? fields : [...decidedFields(book.decidedFor(instance))],
      authorities,
    }
  }

  #read({ instanceId, draft }: InstanceEdit): Candidate | { readonly issues: readonly Issue[] } {
    const { book, chatsOf } = this.#ports
    const before = instanceId === null ? null : this.#instance(instanceId)
    const isManaged = instanceId !== null && book.isDecided(instanceId)
    // What an administrator has decided is tried as it stands.
    if (before !== null && isManaged) return { instance: before, own: {}, client: book.clientOf(before) }
    const own = instanceId === null ? {} : book.ownClient(instanceId)
    const { place, client, issues } = readDraft(draft, this.#ground(before, own))
    const candidate = place === null ? null : this.#candidate(before, place, client)
    const open = before === null ? 0 : chatsOf(before.instanceId)
    const found = [...issues, ...draftIssues(candidate, { before, all: book.all, open })]
    return candidate === null || found.length > 0 ? { issues: found } : candidate
  }

  #ground(before: InstanceOptions | null, own: ClientSettings): Parameters<typeof readDraft>[1] {
    const { book, shelf } = this.#ports
    const nowhere = { instanceId: '', region: '', endpoint: null }
    const decided: ReadonlySet<Field> = decidedFields(book.decidedFor(before ?? nowhere))
    const known: readonly Authority[] = own.authorities ?? []
    const authority = (id: string): Authority | undefined =>
      known.find((one) => authorityId(one) === id) ?? shelf.picked(id)
    return { own, decided, authority }
  }

  /** As long as its place stays the same it keeps its name in the books, which chats know it by. */
  #candidate(before: InstanceOptions | null, place: NamedPlace, own: ClientSettings): Candidate {
    const isMoved = before?.region !== place.region || before.endpoint !== place.endpoint
    const { instanceId } = before === null || isMoved ? tokenInstance(place.region, place.endpoint) : before
    const instance = { ...place, instanceId, isPractice: false }
    const client = completeClient([own, ...this.#ports.book.decidedFor(instance)])
    return { instance, own, client }
  }

  #instance(instanceId: string): InstanceOptions {
    const instance = this.#ports.book.all.find((one) => one.instanceId === instanceId)
    if (instance === undefined) throw new DeskError('not-found', 'This instance is no longer set up.')
    return instance
  }

  #requireOwn(instanceId: string): void {
    this.#instance(instanceId)
    if (!this.#ports.book.isDecided(instanceId)) return
    throw new DeskError('refused', 'This instance was set by your administrator and cannot be changed here.')
  }
}

function hostOf({ endpoint }: InstanceOptions): string {
  return new URL(endpoint ?? '').host
}
