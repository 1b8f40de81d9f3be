import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentTypes } from '../room/content-types.ts'
import { chatJs } from './testing/chat-js.ts'
import { kinds } from './testing/kinds.ts'
import { Stage } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const hello = { ContentType: 'text/plain', Content: 'Hello' }

describe.each(kinds)('a ClientToken given to $name', (kind) => {
  it('makes a repeated message the same message', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')

    const first = await client.perform('SendMessage', { ...hello, ClientToken: 'one' })
    const again = await client.perform('SendMessage', { ...hello, ClientToken: 'one' })
    const other = await client.perform('SendMessage', { ...hello, ClientToken: 'two' })

    expect([again.Id, again.AbsoluteTime]).toEqual([first.Id, first.AbsoluteTime])
    expect(other.Id).not.toBe(first.Id)
    await client.until(() => client.items.some(({ Id }) => Id === other.Id))
    expect(client.items.filter(({ Content }) => Content === 'Hello').map(({ Id }) => Id)).toEqual([
      first.Id,
      other.Id,
    ])
    expect(contact.truth().clientTokens).toMatchObject({ one: 1, two: 1 })
  })

  it('makes a repeated event the same event', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')
    const acknowledged = { ContentType: contentTypes.acknowledged, ClientToken: 'here' }

    const first = await client.perform('SendEvent', acknowledged)
    const again = await client.perform('SendEvent', acknowledged)

    expect(again.Id).toBe(first.Id)
  })

  it('carries a message over a lost reply', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')
    const message = { ...hello, ClientToken: 'safe' }
    stage.simulator.faults.add({
      kind: 'lose-response',
      contactId: contact.contactId,
      operation: 'SendMessage',
    })

    // The SDKs try again by themselves; a page leaves that to its owner.
    if (kind === chatJs)
      await expect(client.perform('SendMessage', message)).rejects.toMatchObject({ type: 'TypeError' })
    const sent = await client.perform('SendMessage', message)

    const { transcript, clientTokens } = contact.truth()
    expect(transcript.filter(({ Content }) => Content === 'Hello').map(({ Id }) => Id)).toEqual([sent.Id])
    expect(clientTokens).toMatchObject({ safe: 1 })
    const tries = stage.simulator.requests({ operation: 'SendMessage' })
    expect(tries.length).toBeGreaterThan(1)
    expect(tries.every(({ clientToken }) => clientToken === 'safe')).toBe(true)
  })

  it('is made up by the client when the caller has none, one per call', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')
    stage.simulator.faults.add({ kind: 'http-error', status: 500, count: 1, operation: 'SendMessage' })

    await client.perform('SendMessage', hello)
    await client.perform('SendMessage', hello)

    const [failed, retried, next] = stage.simulator.requests({ operation: 'SendMessage' })
    expect(failed?.clientToken).toMatch(/^[0-9a-f-]{36}$/)
    expect(retried?.clientToken).toBe(failed?.clientToken)
    expect(next?.clientToken).not.toBe(failed?.clientToken)
  })
})

const sdks = kinds.filter((kind) => kind !== chatJs)

describe.each(sdks)('a ClientToken given to $name', (kind) => {
  it('makes a repeated upload the same upload', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')
    const file = { ContentType: 'text/plain', AttachmentName: 'note.txt', AttachmentSizeInBytes: 4 }

    const first = await client.perform('StartAttachmentUpload', { ...file, ClientToken: 'start' })
    const again = await client.perform('StartAttachmentUpload', { ...file, ClientToken: 'start' })
    await fetch(again.UploadMetadata?.Url ?? '', {
      method: 'PUT',
      headers: again.UploadMetadata?.HeadersToInclude ?? {},
      body: 'note',
    })
    const complete = { AttachmentIds: [first.AttachmentId ?? ''], ClientToken: 'complete' }
    await client.perform('CompleteAttachmentUpload', complete)
    await client.perform('CompleteAttachmentUpload', complete)

    expect(again.AttachmentId).toBe(first.AttachmentId)
    expect(contact.truth().transcript.filter(({ Type }) => Type === 'ATTACHMENT')).toHaveLength(1)
  })
})
