import { expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { CalmWorld } from '../testing/calm-world.ts'

const message = { text: 'important', contentType: 'text/plain', draft: 'and more' }

it('[L11] keeps a text that the disk does not take, with what is typed behind it', async () => {
  const world = await CalmWorld.live()
  world.store.break(new DeskError('disk-full', 'The disk is full.'))

  const refused = expect(world.chat.send(message)).rejects.toMatchObject({ failure: { code: 'disk-full' } })
  await world.pass(200)
  await refused
  const left = world.chat.summary()
  world.store.break(null)
  const taken = world.chat.send(message)
  await world.pass(200)
  await taken

  expect(left).toMatchObject({ draft: 'important\nand more', outbox: { waiting: 0, failed: 0 } })
  expect(world.chat.summary().draft).toBe('and more')
})

it('[L11] keeps a text of a chat that ended as it was sent', async () => {
  const world = await CalmWorld.live()
  world.service.tell(world.service.room.end())
  await world.pass(5_000)

  await expect(world.chat.send(message)).rejects.toMatchObject({ failure: { code: 'chat-ended' } })

  expect(world.chat.summary().draft).toBe('important\nand more')
})
