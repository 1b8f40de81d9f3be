import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { storeFailure } from '../store/store-failure.ts'
import { inMemoryStore } from '../store/testing/in-memory-store.ts'
import { DeskProfile } from '../testing/desk-profile.ts'
import { aStoredChat } from '../testing/stored-chat.ts'
import { Secret } from '../vault/secret.ts'
import { tokenInstance } from './instances.ts'

let simulator: Simulator
let profile: DeskProfile

beforeEach(async () => {
  simulator = await startSimulator()
  profile = new DeskProfile()
})

afterEach(async () => {
  await profile.remove()
  await simulator.close()
})

function aLeftChat() {
  const contact = simulator.contact({ customerName: 'Amara Okafor' })
  return profile.leaveChat(contact, tokenInstance('us-west-2', simulator.endpoint))
}

describe('tokens on this computer', () => {
  it('[L1] are forgotten at the start when their chat is over or with a practice customer, and in no other case', async () => {
    const { chatId } = await aLeftChat()
    const ended = aStoredChat({ endedAt: 5, endReason: 'completed' })
    const practice = aStoredChat({ instanceId: 'practice' })
    const unknown = aStoredChat()
    await profile.store.saveChat(ended)
    await profile.store.saveChat(practice)
    const before = await profile.open()
    for (const chat of [ended, practice, unknown])
      await before.vault.keep(chat.chatId, 'participant', new Secret('token'))

    const run = await profile.open()
    await run.restore()

    expect(run.vault.chats()).toEqual([chatId, unknown.chatId])
    for (const { chatId: gone } of [ended, practice])
      expect(readFileSync(profile.vaultFile, 'utf8')).not.toContain(gone)
    await run.live(chatId)
  })

  it('stay when the store does not say which chats there are', async () => {
    const { chatId } = await aLeftChat()
    profile.store = { ...profile.store, loadChats: () => Promise.reject(storeFailure('not-saved')) }

    const run = await profile.open()
    await run.restore()

    expect(run.vault.chats()).toEqual([chatId])
  })
})

describe('live chats after the database was set aside', () => {
  it('[L1] come back from the vault and are filled in from the service, whatever the database says of itself', async () => {
    const { contact, chatId } = await aLeftChat()
    profile.store = inMemoryStore()

    const run = await profile.open()
    await run.restore()
    await run.live(chatId)

    expect(run.chat(chatId)).toMatchObject({ customer: 'Amara Okafor', contactId: contact.contactId })
    expect(JSON.stringify(run.inbox.session(chatId).entries())).toContain('Are you still there?')
    await run.close()
    expect((await profile.store.loadChats()).map((chat) => chat.chatId)).toEqual([chatId])
  })

  it('come back as well when they are from before the vault knew them', async () => {
    const { chatId } = await aLeftChat()
    const store = profile.store
    const earlier = await profile.open()
    const token = await earlier.vault.recall(chatId, 'participant')
    await earlier.vault.forget(chatId)
    if (token !== null) await earlier.vault.keep(chatId, 'participant', token)
    const updated = await profile.open()
    await updated.restore()
    await updated.live(chatId)
    await updated.close()
    profile.store = inMemoryStore()

    const run = await profile.open()
    await run.restore()

    await run.live(chatId)
    expect(await store.loadChats()).toHaveLength(1)
  })

  it('do not come back when they were over', async () => {
    const { contact, chatId } = await aLeftChat()
    const run = await profile.open()
    await run.restore()
    await run.live(chatId)
    contact.end()
    await run.until(chatId, ({ link }) => link.phase === 'ended')
    await run.inbox.remove(chatId)
    profile.store = inMemoryStore()

    const later = await profile.open()
    await later.restore()

    expect(later.inbox.chats()).toEqual([])
    expect(later.vault.chats()).toEqual([])
  })
})

describe('a database that is lost while the app runs', () => {
  it('is given every conversation again', async () => {
    const { chatId } = await aLeftChat()
    const before = profile.store
    let current = before
    // What the store's thread does when it has to be started again: the same store, another database.
    profile.store = {
      ...before,
      saveChat: (chat) => current.saveChat(chat),
      saveEntries: (...change) => current.saveEntries(...change),
    }
    const run = await profile.open()
    await run.restore()
    await run.live(chatId)
    current = inMemoryStore()

    run.inbox.keepAgain()
    await run.close()

    expect(await current.loadChats()).toMatchObject([{ chatId, customer: 'Amara Okafor' }])
    expect(JSON.stringify(await current.loadEntries(chatId))).toContain('Are you still there?')
  })
})
