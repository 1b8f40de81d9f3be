import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import type { ChatId, Notice } from '#shared/model.ts'
import { storeFailure } from '../store/store-failure.ts'
import { DeskProfile, type DeskRun } from '../testing/desk-profile.ts'
import { MemoryStore } from '../testing/memory-store.ts'
import { aStoredChat } from '../testing/stored-chat.ts'
import { Secret } from '../vault/secret.ts'
import { tokenInstance } from './instances.ts'
import { finishSignOut, signOut, signOutForGood, type SignOutPorts } from './sign-out.ts'

let simulator: Simulator
let store: MemoryStore
let profile: DeskProfile

beforeEach(async () => {
  simulator = await startSimulator()
  store = new MemoryStore()
  profile = new DeskProfile({ store })
})

afterEach(async () => {
  await profile.remove()
  await simulator.close()
})

async function aLiveChat() {
  const contact = simulator.contact({ customerName: 'Amara Okafor' })
  const run = await profile.open()
  const chatId = await run.accept(contact, tokenInstance('us-west-2', simulator.endpoint))
  await run.live(chatId)
  await run.inbox.session(chatId).saveDraft('One moment')
  return { run, chatId, contact }
}

function portsOf({ clock, inbox, vault, store }: DeskRun): SignOutPorts {
  const nothing = (): Promise<void> => Promise.resolve()
  return { clock, inbox, vault, store, endPractice: nothing, removeClosed: nothing }
}

function leave(run: DeskRun): Promise<void> {
  return signOut(portsOf(run))
}

async function expectForgotten(run: DeskRun, ...chatIds: readonly ChatId[]): Promise<void> {
  expect(run.vault.chats()).toEqual([])
  for (const chatId of chatIds) expect(readFileSync(profile.vaultFile, 'utf8')).not.toContain(chatId)
  expect(run.inbox.chats()).toEqual([])
  expect(await store.loadChats()).toEqual([])
}

describe('signing out', () => {
  it('leaves the chat, forgets its tokens and removes what was said', async () => {
    const { run, chatId, contact } = await aLiveChat()

    await leave(run)

    await expectForgotten(run, chatId)
    expect(await store.loadEntries(chatId)).toEqual([])
    const types = contact.truth().transcript.map(({ ContentType }) => ContentType)
    expect(types).toContain('application/vnd.amazonaws.connect.event.participant.left')
  })

  it('forgets the tokens within a second when the service does not answer', async () => {
    const { run, chatId } = await aLiveChat()
    simulator.faults.add({ kind: 'hang', operation: 'DisconnectParticipant', durationMs: 60_000 })
    const began = Date.now()
    let forgottenAfter = Infinity
    const { vault } = run
    const forget = async (...chatIds: readonly ChatId[]): Promise<void> => {
      await vault.forget(...chatIds)
      forgottenAfter = Math.min(forgottenAfter, Date.now() - began)
    }

    await signOut({ ...portsOf(run), vault: { chats: () => vault.chats(), forget } })

    expect(forgottenAfter).toBeLessThan(1_000)
    await expectForgotten(run, chatId)
  })

  it('removes conversations as well that could not be opened', async () => {
    const { run, chatId } = await aLiveChat()
    const stray = aStoredChat({ instanceId: 'decided' })
    await store.saveChat(stray)
    await run.vault.keep(stray.chatId, 'participant', new Secret('token'))

    await leave(run)

    await expectForgotten(run, chatId, stray.chatId)
  })

  it('says when files of earlier runs cannot be removed, with the rest gone all the same', async () => {
    const { run, chatId } = await aLiveChat()
    const refusal = storeFailure('read-only')

    const leaving = signOut({ ...portsOf(run), removeClosed: () => Promise.reject(refusal) })

    await expect(leaving).rejects.toBe(refusal)
    await expectForgotten(run, chatId)
  })

  it('says when the disk refuses, with the tokens gone all the same', async () => {
    const { run } = await aLiveChat()
    store.break(storeFailure('disk-full'))

    await expect(leave(run)).rejects.toMatchObject({ failure: { code: 'disk-full' } })

    expect([run.vault.chats(), run.inbox.chats()]).toEqual([[], []])
    expect(await store.loadChats()).toHaveLength(1)
  })

  it.each([
    ['before any chat was left', () => Promise.resolve()],
    ['when the tokens were gone', ({ vault }: DeskRun) => vault.forget(...vault.chats())],
    [
      'when half of the chats were gone',
      async ({ vault, inbox }: DeskRun) => {
        await vault.forget(...vault.chats())
        const [first] = inbox.chats()
        if (first !== undefined) await inbox.remove(first.chatId)
      },
    ],
  ])('[L1] is finished by the next start when it was interrupted %s', async (_when, done) => {
    const { run, chatId } = await aLiveChat()
    await run.accept(
      simulator.contact({ customerName: 'Bo Lind' }),
      tokenInstance('us-west-2', simulator.endpoint),
    )
    run.vault.beginSignOut()
    await done(run)
    await run.close()
    const next = await profile.open()
    await next.restore()
    const told = vi.fn<(notice: Notice) => void>()

    await finishSignOut(next.vault, portsOf(next), told)

    await expectForgotten(next, chatId)
    expect(next.vault.isSignOutUnderWay).toBe(false)
    expect(told).not.toHaveBeenCalled()
  })

  it('[L1] is over when it was refused, so that no later start takes what was begun since', async () => {
    const { run } = await aLiveChat()
    const removeClosed = (): Promise<void> => Promise.reject(storeFailure('read-only'))
    const ports = { ...portsOf(run), removeClosed }

    await expect(signOutForGood(run.vault, ports)).rejects.toThrow()
    expect((await profile.open()).vault.isSignOutUnderWay).toBe(false)

    run.vault.beginSignOut()
    const told = vi.fn<(notice: Notice) => void>()
    await finishSignOut(run.vault, ports, told)
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ noticeId: 'unfinished-sign-out' }))
    expect(run.vault.isSignOutUnderWay).toBe(false)
  })

  it('leaves a start alone that follows no sign-out', async () => {
    const { run, chatId } = await aLiveChat()
    await run.close()
    const next = await profile.open()
    await next.restore()

    await finishSignOut(next.vault, portsOf(next), vi.fn())

    expect(next.inbox.chats()).toMatchObject([{ chatId }])
  })
})
