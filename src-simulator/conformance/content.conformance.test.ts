import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentTypes } from '../room/content-types.ts'
import { view } from './testing/attempts.ts'
import { chatJs } from './testing/chat-js.ts'
import { kinds } from './testing/kinds.ts'
import { heard, ofType, refusal, Stage, withId } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const people = kinds.flatMap((kind) => [
  { kind, role: 'CUSTOMER' as const, who: `a customer with ${kind.name}` },
  { kind, role: 'AGENT' as const, who: `an agent with ${kind.name}` },
])

describe.each(people)('$who', ({ kind, role }) => {
  it('gets a message that a bot is still writing', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)
    const chunk = (content: string, ChunkNumber: number, MessageCompleted: boolean): void => {
      const messageMetadata = { MessageId: 'bot-1', ChunkNumber, MessageCompleted }
      contact.event({ contentType: 'text/plain', content, role: 'SYSTEM', messageMetadata })
    }

    chunk('Hello ', 1, false)
    chunk('there, ', 2, false)
    chunk('Hello there, Amara.', 3, true)
    await heard(client, ({ Content }) => Content === 'Hello there, Amara.')
    const contents = client.items.filter(withId('bot-1')).map(({ Content }) => Content)
    const { Transcript = [] } = await client.perform('GetTranscript', { SortOrder: 'ASCENDING' })

    // ChatJS puts the pieces together by itself.
    expect(contents).toEqual(['Hello ', kind === chatJs ? 'Hello there, ' : 'there, ', 'Hello there, Amara.'])
    expect(Transcript.filter(({ Id }) => Id === 'bot-1').map(({ Content }) => Content)).toEqual([
      'Hello there, Amara.',
    ])
  })

  it('gets a list to pick from as JSON inside the message', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)
    const template = {
      templateType: 'ListPicker',
      version: '1.0',
      data: { content: { title: 'What is it about?', elements: [{ title: 'A parcel' }] } },
    }

    const id = contact.say(JSON.stringify(template), {
      contentType: contentTypes.interactive,
      role: 'SYSTEM',
    })
    const item = await heard(client, withId(id))

    expect(item).toMatchObject({ ContentType: contentTypes.interactive, ParticipantRole: 'SYSTEM' })
    expect(JSON.parse(item.Content ?? '')).toEqual(template)
  })

  it('reads the guide that a message points to', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)
    const { id, viewToken } = contact.show(view)
    await heard(client, withId(id))

    const { View } = await client.perform('DescribeView', { ViewToken: viewToken })

    expect(View).toEqual(view)
  })

  it.each([
    { contentType: 'text/plain', limit: 1024 },
    { contentType: 'text/markdown', limit: 1024 },
    { contentType: 'application/json', limit: 12_000 },
    { contentType: contentTypes.interactiveResponse, limit: 12_288 },
  ])('sends $contentType of $limit characters and no more', async ({ contentType, limit }) => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)
    const text = JSON.stringify('x'.repeat(limit - 2))

    const sent = await client.perform('SendMessage', { ContentType: contentType, Content: text })
    const tooMuch = await refusal(client, 'SendMessage', { ContentType: contentType, Content: `${text} ` })

    expect(await heard(client, withId(sent.Id))).toMatchObject({ ContentType: contentType, Content: text })
    expect(tooMuch).toMatchObject({ name: 'ValidationException', status: 400 })
  })

  it('may send only the content types that the contact takes', async () => {
    const contact = stage.contact({ supportedContentTypes: ['text/plain'] })
    const client = await stage.connected(kind, contact, role)

    const markdown = await refusal(client, 'SendMessage', { ContentType: 'text/markdown', Content: '*Hi*' })
    const plain = await client.perform('SendMessage', { ContentType: 'text/plain', Content: 'Hi' })

    expect(markdown).toMatchObject({ name: 'ValidationException', status: 400 })
    await heard(client, withId(plain.Id))
  })
})

const event = (name: string): string => `application/vnd.amazonaws.connect.event.${name}`

/** What ChatJS calls for an event, and whether the event stays in the transcript. */
const serviceEvents = [
  { name: 'participant.idle', through: 'onParticipantIdle', stays: false },
  { name: 'participant.returned', through: 'onParticipantReturned', stays: false },
  { name: 'participant.autodisconnection', through: 'onAutoDisconnection', stays: false },
  { name: 'participant.invited', through: 'onParticipantInvited', stays: true },
  { name: 'participant.displayname.updated', through: 'onParticipantDisplayNameUpdated', stays: false },
  { name: 'transfer.failed', through: 'onMessage', stays: true },
  { name: 'chat.rehydrated', through: 'onChatRehydrated', stays: false },
  { name: 'authentication.initiated', through: 'onAuthenticationInitiated', stays: false },
  { name: 'authentication.succeeded', through: 'onAuthenticationSuccessful', stays: false },
  { name: 'authentication.failed', through: 'onAuthenticationFailed', stays: false },
  { name: 'authentication.timeout', through: 'onAuthenticationTimeout', stays: false },
  { name: 'authentication.expired', through: 'onAuthenticationExpired', stays: false },
  { name: 'authentication.cancelled', through: 'onAuthenticationCanceled', stays: false },
  { name: 'workflow.cancelled', through: 'onMessage', stays: false },
]

describe.each(people)('$who', ({ kind, role }) => {
  it('hears every event of the service, and finds those that last in the transcript', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)

    for (const { name } of serviceEvents) {
      contact.event({ contentType: event(name) })
      await heard(client, ofType(event(name)))
    }
    const { Transcript = [] } = await client.perform('GetTranscript', { MaxResults: 100 })

    const stays = serviceEvents.map(({ name }) =>
      Transcript.some(({ ContentType }) => ContentType === event(name)),
    )
    expect(stays).toEqual(serviceEvents.map((one) => one.stays))
  })
})

const signIns = people.filter(({ kind }) => !kind.lacks.has('GetAuthenticationUrl'))

describe.each(signIns)('$who', ({ kind, role }) => {
  it('signs the customer in when asked to', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)

    contact.event({ contentType: contentTypes.authenticationInitiated })
    const asked = await heard(client, ofType(contentTypes.authenticationInitiated))
    const { SessionId } = JSON.parse(asked.Content ?? '') as { SessionId: string }
    const { AuthenticationUrl } = await client.perform('GetAuthenticationUrl', {
      SessionId,
      RedirectUri: 'https://shop.example/signed-in',
    })
    await client.perform('CancelParticipantAuthentication', { SessionId })
    await heard(client, ofType(contentTypes.authenticationCancelled))
    const again = await refusal(client, 'CancelParticipantAuthentication', { SessionId })

    expect(SessionId).toHaveLength(36)
    expect(AuthenticationUrl).toMatch(/^https:/)
    expect(again.status).toBe(400)
  })
})

it('calls the callbacks of ChatJS that are meant for the events', async () => {
  const contact = stage.contact()
  const client = stage.inPage(stage.page(), contact, 'CUSTOMER')
  await client.connect()

  for (const { name } of serviceEvents) {
    contact.event({ contentType: event(name) })
    await heard(client, ofType(event(name)))
  }

  const through = serviceEvents.map(
    ({ name }) => client.heardThrough[client.items.findIndex(ofType(event(name)))],
  )
  expect(through).toEqual(serviceEvents.map((one) => one.through))
})
