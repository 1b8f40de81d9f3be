import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const blocking = /\b(?:show(?:MessageBox|OpenDialog|SaveDialog|CertificateTrustDialog)Sync|showErrorBox)\b/

describe('main', () => {
  it('[L13] asks with no dialog that stands still until it is answered', async () => {
    const names = await readdir(import.meta.dirname, { recursive: true })
    const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    const texts = await Promise.all(
      files.map(
        async (name) => [name, await readFile(path.join(import.meta.dirname, name), 'utf8')] as const,
      ),
    )

    expect(texts.filter(([, text]) => blocking.test(text)).map(([name]) => name)).toEqual([])
  })

  it('[L13] leaves no bug to the dialog of Electron, from its first line on', async () => {
    const text = await readFile(path.join(import.meta.dirname, 'main.ts'), 'utf8')

    expect(text.indexOf("process.on('uncaughtException'")).toBeGreaterThan(0)
    expect(text.indexOf("process.on('uncaughtException'")).toBeLessThan(text.indexOf('guardAllPages()'))
    expect(text).toContain('keepGraphicsGoing(')
  })
})
