import { describe, expect, it } from 'vitest'
import { FairTurns, type EventLoop } from './fair-turns.ts'

/** A loop whose clock moves by what the work says it costs. */
class ManualLoop implements EventLoop {
  #time = 0
  #next: (() => void)[] = []

  now(): number {
    return this.#time
  }

  afterOthers(run: () => void): void {
    this.#next.push(run)
  }

  spend(milliseconds: number): void {
    this.#time += milliseconds
  }

  turn(): void {
    for (const run of this.#next.splice(0)) run()
  }
}

function manyCalls(costing: number, count = 100): { loop: ManualLoop; turns: FairTurns; done: number[] } {
  const loop = new ManualLoop()
  const turns = new FairTurns(loop)
  const done: number[] = []
  for (let call = 0; call < count; call += 1) {
    void turns.run(() => {
      loop.spend(costing)
      done.push(call)
      return Promise.resolve()
    })
  }
  return { loop, turns, done }
}

describe('[K13] calls that come all at once', () => {
  it('let the others have their turn every few milliseconds', () => {
    const { loop, done } = manyCalls(1)
    const perTurn = [done.length]
    while (done.length < 100) {
      const before = done.length
      loop.turn()
      perTurn.push(done.length - before)
    }

    expect(Math.max(...perTurn)).toBe(8)
    expect(perTurn.length).toBeGreaterThan(12)
  })

  it('are let in by their order, also those that come while others wait', () => {
    const { loop, turns, done } = manyCalls(5, 4)
    loop.turn()
    void turns.run(() => {
      done.push(4)
      return Promise.resolve()
    })

    while (done.length < 5) loop.turn()

    expect(done).toEqual([0, 1, 2, 3, 4])
  })

  it('go on after one that fails', async () => {
    const loop = new ManualLoop()
    const turns = new FairTurns(loop)
    const answers = [10, 10, 10].map((cost, index) =>
      turns.run(() => {
        loop.spend(cost)
        return index === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(index)
      }),
    )
    const settled = Promise.allSettled(answers)

    loop.turn()
    loop.turn()
    loop.turn()

    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
