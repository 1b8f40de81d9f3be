import { describe, expect, it } from 'vitest'
import type { SwitchChange } from '../switches.ts'
import { kinds } from './testing/kinds.ts'
import { endSession, playSession } from './testing/representative-session.ts'
import { Stage } from './testing/stage.ts'
import { switchTests } from './testing/switch-positions.ts'

const cases = Object.entries(switchTests).flatMap(([name, { positions, together, during, atEnd }]) =>
  positions.map((position) => ({
    name,
    shown: JSON.stringify(position),
    position: position as never,
    switches: { ...together, [name]: position } satisfies SwitchChange,
    during,
    atEnd,
  })),
)

describe.each(kinds)('$name gets along with', (kind) => {
  it.each(cases)('$name at $shown', async ({ switches, position, during, atEnd }) => {
    const stage = await Stage.open(switches)
    try {
      const session = await playSession(stage, kind)
      const { question, contact, trouble, downloaded } = session
      const said = contact.truth().transcript.filter(({ Type }) => Type === 'MESSAGE')

      expect(said.map(({ Content }) => Content)).toEqual(['Where is my parcel?', 'On its way'])
      expect(said[0]?.Id).toBe(question.Id)
      expect(downloaded).toBe('A note')
      expect(trouble.name).not.toBe('')
      await during?.(session, position)
      await endSession(session)
      await atEnd?.(session, position)
    } finally {
      await stage.close()
    }
  })
})

it('knows every switch of the simulator', async () => {
  const stage = await Stage.open()

  expect(Object.keys(switchTests).sort()).toEqual(Object.keys(stage.simulator.switches).sort())
  await stage.close()
})
