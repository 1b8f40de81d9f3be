import { describe, expect, it } from 'vitest'
import { switchCases, switchPositions } from '../testing/switch-positions.ts'
import { kinds } from './testing/kinds.ts'
import { endSession, playSession } from './testing/representative-session.ts'
import { Stage } from './testing/stage.ts'
import { switchProbes } from './testing/switch-probes.ts'

const cases = switchCases.map((one) => ({
  ...one,
  position: one.position as never,
  ...switchProbes[one.name],
}))

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

  expect(Object.keys(switchPositions).sort()).toEqual(Object.keys(stage.simulator.switches).sort())
  await stage.close()
})
