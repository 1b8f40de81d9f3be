import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

// A person who is not root: this process may be.
const nobody = 65_534
const isRoot = process.getuid?.() === 0

it('[I1] a normal user is told that a file is saved in a folder of mode 0300', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-rights-'))
  try {
    if (isRoot) chownSync(folder, nobody, nobody)
    chmodSync(folder, 0o300)
    const entry = pathToFileURL(path.resolve(import.meta.dirname, 'whole-file.ts')).href
    const target = path.join(folder, 'a.txt')
    // Loaded while still root, since the checkout may not be for everybody.
    const script = `
      import { writeWhole } from ${JSON.stringify(entry)}
      if (${isRoot}) process.setgid(${nobody})
      if (${isRoot}) process.setuid(${nobody})
      console.log(JSON.stringify(await writeWhole(${JSON.stringify(target)}, ['text'])))`
    const tsx = ['--import', 'tsx', '--input-type=module', '-e', script]

    const told = execFileSync(process.execPath, tsx, { encoding: 'utf8' })

    chmodSync(folder, 0o700)
    expect(JSON.parse(told)).toMatchObject({ bytes: 4 })
    expect(readFileSync(target, 'utf8')).toBe('text')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
