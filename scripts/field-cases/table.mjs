// Which test holds which row of the field cases. `npm run field-cases` writes docs/field-cases.md from it.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import * as prettier from 'prettier'
import { rows } from './rows.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const target = path.join(root, 'docs/field-cases.md')

/** Every test file of the checkout, and for each row the files that name it in a title. */
export function testsByRow() {
  const files = execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', '*.test.ts', '*.test.mjs', '*.spec.ts'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  /** @type {Map<string, Set<string>>} */
  const found = new Map()
  for (const file of files.split('\n').filter(Boolean).sort()) {
    const text = readFileSync(path.join(root, file), 'utf8')
    for (const [, row = ''] of text.matchAll(/['"`][^'"`\n]*?\[([A-L]\d*)\]/gu)) {
      found.set(row, (found.get(row) ?? new Set()).add(file))
    }
    // A title may name several rows one after the other.
    for (const [, row = ''] of text.matchAll(/\]\s?\[([A-L]\d*)\]/gu))
      found.set(row, (found.get(row) ?? new Set()).add(file))
  }
  return found
}

export async function renderTable() {
  const found = testsByRow()
  const lines = rows.map(({ row, kind, open }) => {
    const tests = [...(found.get(row) ?? [])].map((file) => `\`${file}\``).join('<br>')
    return `| ${row} | ${kind} | ${tests} | ${resultOf(tests, open)} |`
  })
  const text = `# Field cases

What people who do this job reported, and what attacks broke: each row is a kind of fault, with the tests that hold it.
A test's title carries its row in brackets. "held" means that \`npm test\` fails when the fault comes back; what is open
says so. Written by \`npm run field-cases\` and compared at every run of the tests.

| Row | Kind | Tests | Result |
| --- | --- | --- | --- |
${lines.join('\n')}
`
  const config = await prettier.resolveConfig(target)
  return prettier.format(text, { ...config, parser: 'markdown' })
}

/** @param {string} tests @param {string | undefined} open */
function resultOf(tests, open) {
  if (open !== undefined) return tests === '' ? `open: ${open}` : `held in part; open: ${open}`
  return tests === '' ? 'open: no test yet' : 'held'
}

if (process.argv[1] === import.meta.filename) writeFileSync(target, await renderTable())
