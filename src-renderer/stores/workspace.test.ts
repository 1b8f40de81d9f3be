import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Chat, ChatId } from '#shared/model.ts'
import { aChat, aChatId, noon } from '../testing/builders.ts'
import { useWorkspace } from './workspace.ts'

const amara = aChatId('amara')
const jonas = aChatId('jonas')
const leila = aChatId('leila')

function known(...chats: readonly Chat[]): ReadonlyMap<ChatId, Chat> {
  return new Map(chats.map((chat) => [chat.chatId, chat]))
}

const three = known(aChat({ chatId: 'amara' }), aChat({ chatId: 'jonas' }), aChat({ chatId: 'leila' }))

describe('workspace', () => {
  let workspace: ReturnType<typeof useWorkspace>

  beforeEach(() => {
    setActivePinia(createPinia())
    workspace = useWorkspace()
  })

  it('gives each chat it sees for the first time a tab, the first in front', () => {
    workspace.follow(three)

    expect(workspace.open).toEqual([amara, jonas, leila])
    expect(workspace.active).toBe(amara)
  })

  it('does not open a tab for a chat that had ended before', () => {
    workspace.follow(known(aChat({ link: { phase: 'ended', at: noon, reason: 'completed' } })))

    expect(workspace.open).toEqual([])
  })

  it('keeps a closed tab closed while its chat goes on', () => {
    workspace.follow(three)

    workspace.close(jonas)
    workspace.follow(three)

    expect(workspace.open).toEqual([amara, leila])
  })

  it('moves on to the neighbour when the tab in front is closed', () => {
    workspace.follow(three)
    workspace.show(leila)

    workspace.close(leila)

    expect(workspace.active).toBe(jonas)
  })

  it('closes what belongs to a chat that is gone', () => {
    workspace.follow(three)
    workspace.dialog = { kind: 'export', chatId: jonas }

    workspace.follow(known(aChat({ chatId: 'amara' })))

    expect(workspace.open).toEqual([amara])
    expect(workspace.dialog).toBeNull()
  })

  it('steps through the tabs in a circle, settings included', () => {
    workspace.follow(known(aChat({ chatId: 'amara' })))
    workspace.showSettings()

    workspace.step(1)
    const first = workspace.active
    workspace.step(-1)

    expect([first, workspace.active]).toEqual([amara, 'settings'])
  })

  it('moves a tab along the strip', () => {
    workspace.follow(three)

    workspace.move(amara, 1)
    workspace.move(leila, 1)

    expect(workspace.open).toEqual([jonas, amara, leila])
  })

  it('comes back as it was after the page is loaded again', () => {
    workspace.follow(three)
    workspace.close(jonas)
    workspace.show(leila)
    const saved = workspace.save()
    setActivePinia(createPinia())
    const again = useWorkspace()

    again.restore(saved)
    again.follow(three)

    expect(again.open).toEqual([amara, leila])
    expect(again.active).toBe(leila)
  })
})
