import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { storeFailure } from '../store/store-failure.ts'
import { aMessage, anOutboxMessage } from '../store/testing/builders.ts'
import { DeskProfile } from '../testing/desk-profile.ts'
import { aStoredChat } from '../testing/stored-chat.ts'
import { Secret } from '../vault/secret.ts'
import { type InstanceOptions, practiceInstance, tokenInstance } from './instances.ts'

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

function theInstance(change: Partial<InstanceOptions> = {}): InstanceOptions {
  return { ...tokenInstance('us-west-2', simulator.endpoint), ...change }
}

function aLeftChat(instance = theInstance()) {
  return profile.leaveChat(simulator.contact({ customerName: 'Amara Okafor' }), instance)
}

describe('a conversation whose instance nobody has set up any more', () => {
  it('goes on with what was kept beside it', async () => {
    const { contact, chatId } = await aLeftChat(theInstance({ instanceId: 'decided', label: 'Head office' }))
    contact.say('Hello?')

    const run = await profile.open()
    await run.restore()
    await run.live(chatId)

    expect(run.chat(chatId)).toMatchObject({ customer: 'Amara Okafor', draft: 'One moment', unread: 2 })
    expect(run.state.instances).toMatchObject([{ instanceId: 'decided', label: 'Head office', tag: 'UW2' }])
    await run.inbox.session(chatId).send({ text: 'Yes', contentType: 'text/plain' })
    await run.until(chatId, ({ outbox }) => outbox.waiting === 0)
    expect(JSON.stringify(contact.truth().transcript)).toContain('"Yes"')
  })

  it('goes on as its id says when an earlier version kept nothing beside it', async () => {
    const { chatId } = await aLeftChat()
    const [chat] = await profile.store.loadChats()
    if (chat !== undefined) await profile.store.saveChat({ ...chat, instance: null })

    const run = await profile.open()
    await run.restore()

    await run.live(chatId)
  })

  it('stays on this computer with all it has when nothing says how to reach it', async () => {
    const chat = aStoredChat({ instanceId: 'decided', customer: 'Jonas Lindqvist' })
    const { chatId } = chat
    await profile.store.saveChat(chat)
    await profile.store.saveDraft(chatId, 'One moment')
    await profile.store.saveEntries(chatId, { upserted: [aMessage()], removed: [] })
    await profile.store.enqueue(anOutboxMessage({ chatId }))
    const run = await profile.open()
    await run.vault.keep(chatId, 'participant', new Secret('token'))

    await run.restore()

    expect(run.inbox.chats()).toEqual([])
    expect(run.state.notices).toMatchObject([{ noticeId: 'stray-chats', level: 'alert' }])
    expect(run.state.notices[0]?.detail).toContain('Jonas Lindqvist')
    expect(await profile.store.loadChats()).toEqual([{ ...chat, draft: 'One moment' }])
    expect(await profile.store.loadEntries(chatId)).toHaveLength(1)
    expect(await profile.store.loadOutbox(chatId)).toHaveLength(1)
    expect(await run.vault.recall(chatId, 'participant')).not.toBeNull()
  })
})

describe('a conversation whose instance is set up', () => {
  it('goes on as it is set up now, not as it was', async () => {
    const { chatId } = await aLeftChat(theInstance({ instanceId: 'main', label: 'Old name' }))
    const [chat] = await profile.store.loadChats()
    const nowhere = { label: 'Old name', tag: 'UW2', region: 'us-west-2', endpoint: 'http://127.0.0.1:9' }
    if (chat !== undefined) await profile.store.saveChat({ ...chat, instance: nowhere })

    const run = await profile.open()
    await run.restore({ instances: [theInstance({ instanceId: 'main', label: 'New name' })] })
    await run.live(chatId)

    expect(run.state.instances).toMatchObject([{ label: 'New name' }])
    await run.close()
    expect(await profile.store.loadChats()).toMatchObject([
      { instance: { label: 'New name', endpoint: simulator.endpoint } },
    ])
  })
})

describe('a conversation with a practice customer', () => {
  it('is gone at the next start', async () => {
    await aLeftChat(practiceInstance(simulator.endpoint))

    const run = await profile.open()
    await run.restore()

    expect(run.inbox.chats()).toEqual([])
    expect(await profile.store.loadChats()).toEqual([])
  })
})

describe('a conversation that cannot be loaded', () => {
  it('stays where it is while the others are brought back, and the agent is told', async () => {
    const first = await aLeftChat()
    const second = await aLeftChat()
    const { store } = profile
    profile.store = {
      ...store,
      loadEntries: (chatId) =>
        chatId === first.chatId ? Promise.reject(new Error('broken')) : store.loadEntries(chatId),
    }

    const run = await profile.open()
    await run.restore({ instances: [theInstance()] })
    await run.live(second.chatId)

    expect(run.inbox.chats()).toHaveLength(1)
    expect(run.notRestored).toEqual([first.chatId])
    expect(run.state.notices).toMatchObject([
      { noticeId: 'broken-chats', level: 'alert', title: 'A conversation could not be opened.' },
    ])
    expect((await store.loadChats()).map(({ chatId }) => chatId)).toContain(first.chatId)
    expect(await run.vault.recall(first.chatId, 'participant')).not.toBeNull()
  })

  it('is not a reason not to start when it is all of them', async () => {
    const { chatId } = await aLeftChat()
    const { store } = profile
    profile.store = { ...store, loadChats: () => Promise.reject(storeFailure('not-saved')) }

    const run = await profile.open()
    await run.restore({ instances: [theInstance()] })

    expect(run.notices).toEqual(['unread-chats'])
    expect(await run.vault.recall(chatId, 'participant')).not.toBeNull()
    expect(await store.loadChats()).toHaveLength(1)
  })
})
