import { describe, expect, it } from 'vitest'
import { jsonLines } from './json-lines.ts'

describe('jsonLines', () => {
  it('names each value by its path', () => {
    const lines = jsonLines('{"order":{"id":"AH-1","paid":true},"items":["leg",2],"note":null}')

    expect(lines).toEqual([
      { name: 'order › id', value: 'AH-1' },
      { name: 'order › paid', value: 'yes' },
      { name: 'items › 0', value: 'leg' },
      { name: 'items › 1', value: '2' },
      { name: 'note', value: 'none' },
    ])
  })

  it('leaves text that is no JSON to be shown as text', () => {
    expect(jsonLines('{"a":')).toBeNull()
  })

  it('does not leave out what is empty', () => {
    expect(jsonLines('{"items":[],"order":{"notes":{}}}')).toEqual([
      { name: 'items', value: 'empty' },
      { name: 'order › notes', value: 'empty' },
    ])
    expect(jsonLines('{}')).toEqual([{ name: 'Value', value: 'empty' }])
  })

  it('stays shallow whatever comes', () => {
    const deep = `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`
    const wide = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => index))

    expect(jsonLines(deep)).toHaveLength(1)
    expect(jsonLines(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toBeNull()
    expect(jsonLines(wide)).toHaveLength(10_000)
  })
})
