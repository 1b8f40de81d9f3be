import { expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { CalmWorld } from '../testing/calm-world.ts'

/** A live chat whose line is down, with something of every kind that exists on this computer only. */
async function withEverythingWaiting(): Promise<CalmWorld> {
  const world = await CalmWorld.live()
  await world.customerSays('Are you there?')
  world.service.network.faults.reach = 'refused'
  world.service.sockets.drop('1006')
  await world.pass(100)
  const { chat } = world
  await world.agentSays('waiting')
  const staged = chat.uploads.stage('invoice.pdf').then(({ uploadId }) => chat.uploads.send([uploadId]))
  const drafted = chat.saveDraft('One mom')
  await world.pass(100)
  await Promise.all([staged, drafted])
  return world
}

async function afterACrash(world: CalmWorld): Promise<void> {
  await world.crash(Infinity)
  world.service.network.faults.reach = 'fine'
  await world.start()
  await world.pass(60_000)
}

const arrived = (world: CalmWorld): readonly unknown[] =>
  world.service.room.items.flatMap(({ Type, Content, Attachments }) =>
    Type === 'MESSAGE' ? [Content] : Type === 'ATTACHMENT' ? [Attachments] : [],
  )

it('gives a store that lost everything also what exists nowhere else', async () => {
  const world = await withEverythingWaiting()
  world.store.lose()

  const kept = world.chat.keepAgain()
  await world.pass(100)
  await kept
  await afterACrash(world)

  expect(world.chat.summary()).toMatchObject({ draft: 'One mom', outbox: { waiting: 0, failed: 0 } })
  // Words and files go separate ways, and either may be there first.
  expect(arrived(world)).toHaveLength(3)
  expect(arrived(world)).toEqual(
    expect.arrayContaining(['waiting', [expect.objectContaining({ AttachmentName: 'invoice.pdf' })]]),
  )
})

it('keeps on giving until the disk takes it', async () => {
  const world = await withEverythingWaiting()
  world.store.lose()
  world.store.break(new DeskError('disk-full', 'The disk is full.'))

  const kept = world.chat.keepAgain()
  await world.pass(5000)
  world.store.break(null)
  await world.pass(5000)
  await kept
  await afterACrash(world)

  expect(world.chat.summary().draft).toBe('One mom')
  expect(arrived(world)).toHaveLength(3)
})

it('leaves out what has been sent meanwhile', async () => {
  const world = await CalmWorld.live()
  await world.agentSays('sent')
  world.store.lose()

  const kept = world.chat.keepAgain()
  await world.pass(100)
  await kept

  expect(await world.store.loadOutbox(world.chat.summary().chatId)).toEqual([])
  expect(await world.store.loadEntries(world.chat.summary().chatId)).not.toEqual([])
})
