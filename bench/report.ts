import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { format } from 'prettier'

const folder = path.join(import.meta.dirname, 'results')

/** Keeps what was measured, with the circumstances that decide how far to trust it. */
export async function keepReport(name: string, content: object): Promise<string> {
  await mkdir(folder, { recursive: true })
  const [load = 0] = loadavg()
  const circumstances = {
    measuredAt: new Date().toISOString(),
    node: process.version,
    load: Number(load.toFixed(1)),
  }
  const file = path.join(folder, `${name}.json`)
  await writeFile(
    file,
    await format(JSON.stringify({ ...circumstances, ...content }), { parser: 'json', printWidth: 110 }),
  )
  return path.relative(process.cwd(), file)
}
