import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'
import { ChatId } from '#shared/model.ts'
import { SmallDisk, whyNoSmallDisk } from '../platform/testing/small-disk.ts'
import { writeWhole } from '../platform/whole-file.ts'
import { afternoon, aMessage } from './testing/builders.ts'
import { suggestName, TranscriptExporter } from './transcript-exporter.ts'
import type { ExportableChat, SaveRequest } from './transcript-exporter.ts'

function aChat(entries: readonly Entry[] = [aMessage()]): ExportableChat {
  const summary: Chat = {
    chatId: ChatId.parse('chat-ana'),
    contactId: 'c0ffee00-1111',
    knownAs: null,
    customer: 'Ana Souza',
    hue: 3,
    instanceId: 'practice',
    queue: null,
    attributes: [],
    link: { phase: 'live', since: afternoon },
    turn: { waitingFor: 'agent', since: afternoon },
    startedAt: afternoon,
    firstReplyAt: null,
    idleEndsAt: null,
    unread: 0,
    preview: null,
    typingUntil: null,
    draft: '',
    outbox: { waiting: 0, failed: 0 },
    completeUpTo: afternoon,
    filesUsed: 0,
    maxFiles: 35,
    filesOut: { staged: 0, moving: 0, failed: 0 },
    filesReceived: 0,
    lastActivityAt: afternoon,
    maxCharacters: 1_024,
  }
  return { summary: () => summary, entries: () => entries }
}

function exporterTo(target: string | null): {
  exporter: TranscriptExporter
  asked: SaveRequest[]
  shown: string[]
} {
  const asked: SaveRequest[] = []
  const shown: string[] = []
  const exporter = new TranscriptExporter({
    chooseFile: (request) => {
      asked.push(request)
      return Promise.resolve(target)
    },
    showInFolder: (file) => shown.push(file),
    writeWhole,
    instanceLabel: () => 'Practice',
    now: () => afternoon,
    newExportId: () => 'export-1',
  })
  return { exporter, asked, shown }
}

describe('exporting a transcript', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'parley-export-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it.each(['text', 'json'] as const)(
    'puts the whole conversation as %s where the person says',
    async (format) => {
      const file = path.join(folder, 'here.out')
      const { exporter, shown } = exporterTo(file)

      const exported = await exporter.export(aChat([aMessage(), aMessage({ text: 'Grüße' })]), format)

      const bytes = await readFile(file)
      expect(exported).toEqual({
        outcome: 'saved',
        exportId: 'export-1',
        fileName: 'here.out',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        entries: 2,
      })
      expect(bytes.toString()).toContain('Grüße')
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      exporter.show('export-1')
      expect(shown).toEqual([file])
    },
  )

  it('writes nothing when the person changes their mind', async () => {
    const { exporter, asked } = exporterTo(null)

    expect(await exporter.export(aChat(), 'text')).toEqual({ outcome: 'cancelled' })

    expect(asked).toMatchObject([
      { suggestedName: 'transcript-2026-11-22-c0ffee00-1111.txt', extension: 'txt' },
    ])
    expect(await readdir(folder)).toEqual([])
  })

  it('says so when the folder is gone', async () => {
    const { exporter } = exporterTo(path.join(folder, 'gone', 'a.txt'))

    await expect(exporter.export(aChat(), 'text')).rejects.toMatchObject({ failure: { code: 'not-saved' } })
  })

  it('does not show what it has not exported', () => {
    expect(() => exporterTo(null).exporter.show('export-9')).toThrow('no longer known')
  })

  it('suggests a name that is one everywhere, made of nothing a customer wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('txt', 'json'), (contactId, extension) => {
        const name = suggestName({ contactId, chatId: ChatId.parse('chat'), startedAt: afternoon }, extension)

        expect(name).toMatch(/^transcript-[A-Za-z0-9-]{1,100}\.(txt|json)$/)
        expect(path.relative('/exports', path.join('/exports', name))).toBe(name)
      }),
    )
  })
})

describe.skipIf(whyNoSmallDisk !== null)(
  `exporting to a disk in trouble (${whyNoSmallDisk ?? 'mounted'})`,
  () => {
    let disk: SmallDisk

    beforeEach(() => {
      disk = new SmallDisk(64)
    })

    afterEach(() => {
      disk.remove()
    })

    it('keeps the older file, leaves nothing half-written and names the room it needs', async () => {
      const file = path.join(disk.folder, 'a.txt')
      await writeFile(file, 'older')
      const long = Array.from({ length: 5_000 }, () => aMessage({ text: 'x'.repeat(200) }))

      const attempt = exporterTo(file).exporter.export(aChat(long), 'text')

      await expect(attempt).rejects.toMatchObject({
        failure: {
          code: 'disk-full',
          message: `There is no room left in ${disk.folder}. The file needs 1.2 MB. Free some space or choose another folder.`,
        },
      })
      expect(await readFile(file, 'utf8')).toBe('older')
      expect(await readdir(disk.folder)).toEqual(['a.txt'])
    })

    it('says that it may not write there', async () => {
      disk.makeReadOnly()

      const attempt = exporterTo(path.join(disk.folder, 'a.txt')).exporter.export(aChat(), 'json')

      await expect(attempt).rejects.toMatchObject({ failure: { code: 'read-only' } })
    })
  },
)
