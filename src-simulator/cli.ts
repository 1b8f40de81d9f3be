import { parseArgs } from 'node:util'
import { startSimulator } from './simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    story: { type: 'string' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
  },
})

const simulator = await startSimulator({ port: Number(values.port), seed: Number(values.seed) })
const { endpoint, control, feed } = simulator
console.log(JSON.stringify({ endpoint, control, feed }))

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.once(signal, () => void simulator.close())

// A package runner may end only the shell in between when it is told to stop; nobody would stop us then.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) void simulator.close()
}, 500).unref()

if (values.story !== undefined) simulator.play(values.story, { speed: Number(values.speed) })
