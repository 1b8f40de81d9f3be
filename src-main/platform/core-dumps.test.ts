import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

it('[L19] leaves no memory for a core file, in this process, those before and those after', () => {
  const module = pathToFileURL(path.resolve(import.meta.dirname, 'core-dumps.ts')).href
  const script = `
    import { forbidCoreDumps } from ${JSON.stringify(module)}
    import { readFileSync } from 'node:fs'
    import { execFileSync, spawn } from 'node:child_process'
    const before = spawn('sleep', ['20'])
    await new Promise((resolve) => before.once('spawn', resolve))
    forbidCoreDumps()
    const after = execFileSync('cat', ['/proc/self/coredump_filter', '/proc/self/limits'], { encoding: 'utf8' })
    const of = (id) => ['coredump_filter', 'limits'].map((name) => readFileSync('/proc/' + id + '/' + name, 'utf8')).join('')
    console.log(JSON.stringify([of('self'), of(before.pid), after]))
    before.kill()`
  const tsx = ['--import', 'tsx', '--input-type=module', '-e', script]
  // As on a desktop that allows core files of any size.
  const shell = 'ulimit -c unlimited 2>/dev/null; exec "$0" "$@"'

  const told = execFileSync('sh', ['-c', shell, process.execPath, ...tsx], { encoding: 'utf8' })

  for (const state of JSON.parse(told) as string[]) {
    expect(state).toMatch(/^0{8}\n/)
    expect(state).toMatch(/Max core file size\s+0\s+0\s/)
  }
})
