import type { ElectronApplication, Page } from '@playwright/test'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import { electronProgram, isOpen, startParley } from '../fixtures.ts'

/** What the page's bridge answers. */
type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: { code: string; message: string } }

export interface ShownEntry {
  readonly id: string
  readonly serviceId: string | null
  readonly text: string
  readonly own: boolean
  readonly delivery: string | null
}

/** What the desk shows, as far as harnesses look. */
export interface Shown {
  readonly chats: readonly {
    readonly chatId: string
    readonly customer: string
    readonly label: string
    readonly link: { readonly phase: string }
  }[]
  readonly uploads: readonly {
    readonly uploadId: string
    readonly chatId: string
    readonly state: { readonly phase: string }
  }[]
  readonly custody: { readonly mode: string }
  readonly notices: readonly { readonly noticeId: string; readonly level: string; readonly title: string }[]
  readonly settings: { readonly theme: string }
}

interface WireEntry {
  readonly kind: string
  readonly id: string
  readonly serviceId: string | null
  readonly sender?: { readonly own: boolean }
  readonly body?: { readonly text?: string }
  readonly files?: readonly { readonly name: string }[]
  readonly delivery?: { readonly state: string } | null
}

interface TimelinePage {
  readonly entries: readonly WireEntry[]
  readonly hasOlder: boolean
}

/** The real app, driven through the bridge its page uses: as fast as a script, by the same doors as a person. */
export class Driver {
  readonly app: ElectronApplication
  readonly page: Page

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  static async start(args: readonly string[], program = electronProgram()): Promise<Driver> {
    const app = await startParley(args, {}, program)
    const page = await app.firstWindow()
    await isOpen(page).waitFor()
    return new Driver(app, page)
  }

  get processId(): number {
    return this.app.process().pid ?? 0
  }

  async request(name: string, input?: unknown): Promise<unknown> {
    const reply = await this.page.evaluate(
      ([called, given]) =>
        (
          window as unknown as { desk: { request(name: unknown, input: unknown): Promise<Reply> } }
        ).desk.request(called, given),
      [name, input] as const,
    )
    if (!reply.ok) throw new Error(`${name}: ${reply.failure.code}: ${reply.failure.message}`)
    return reply.value
  }

  async join(contact: ContactHandle, endpoint: string): Promise<string> {
    const form = {
      token: contact.agent.participantToken,
      label: contact.customerName,
      region: 'us-west-2',
      endpoint,
    }
    const joined = (await this.request('contact.join', { ...form, clearClipboard: false })) as {
      chatId: string
    }
    return joined.chatId
  }

  async snapshot(): Promise<Shown> {
    return (await this.request('desk.snapshot')) as Shown
  }

  async chats(): Promise<Shown['chats']> {
    return (await this.snapshot()).chats
  }

  /**
   * Everything the app shows of a chat, oldest first, read the way the page reads it while scrolling. It stays watched:
   * to unwatch it would deafen the page, should it be looking at the same chat.
   */
  async entries(chatId: string): Promise<readonly ShownEntry[]> {
    let page = (await this.request('timeline.watch', { chatId })) as TimelinePage
    let all = [...page.entries]
    while (page.hasOlder && all[0] !== undefined) {
      page = (await this.request('timeline.older', { chatId, beforeId: all[0].id })) as TimelinePage
      if (page.entries.length === 0) break
      all = [...page.entries, ...all]
    }
    return all.filter(({ kind }) => kind === 'message' || kind === 'attachment').map(shown)
  }

  async close(): Promise<void> {
    await this.app.close().catch(() => undefined)
  }
}

function shown(entry: WireEntry): ShownEntry {
  return {
    id: entry.id,
    serviceId: entry.serviceId,
    text: entry.body?.text ?? entry.files?.map(({ name }) => name).join() ?? '',
    own: entry.sender?.own ?? false,
    delivery: entry.delivery?.state ?? null,
  }
}
