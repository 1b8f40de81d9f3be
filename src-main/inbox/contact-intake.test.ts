import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import type { Offer } from '#shared/model.ts'
import { SmallDisk, whyNoSmallDisk } from '../platform/testing/small-disk.ts'
import { MemoryStore } from '../testing/memory-store.ts'
import { DeskProfile, type DeskRun } from '../testing/desk-profile.ts'
import { storeFailure } from '../store/store-failure.ts'
import { Secret } from '../vault/secret.ts'
import { ContactIntake } from './contact-intake.ts'
import { tokenInstance } from './instances.ts'

let simulator: Simulator
let profile: DeskProfile
let store: MemoryStore

beforeEach(async () => {
  simulator = await startSimulator()
  store = new MemoryStore()
})

afterEach(async () => {
  await profile.remove()
  await simulator.close()
})

/** A desk with one open offer; accepting it takes the contact off the backend for good. */
async function aDeskWithAnOffer(run: DeskRun) {
  const instance = tokenInstance('us-west-2', simulator.endpoint)
  const contact = simulator.contact({ customerName: 'Amara Okafor' })
  const offer: Offer = {
    offerId: 'offer-1',
    customer: contact.customerName,
    instanceId: instance.instanceId,
    queue: null,
    queuedAt: 0,
    expiresAt: Infinity,
  }
  const intake = new ContactIntake({
    state: run.state,
    inbox: run.inbox,
    clearClipboard: () => Promise.resolve(),
    instanceAt: () => instance,
    practice: { clock: run.clock, fetch, startService: () => Promise.reject(new Error('not here')) },
  })
  run.inbox.addInstance(instance)
  run.state.addOffer(offer)
  intake.addSource({
    instanceId: instance.instanceId,
    accept: () =>
      Promise.resolve({
        contactId: contact.contactId,
        participantToken: new Secret(contact.agent.participantToken),
        customer: contact.customerName,
        queue: null,
        attributes: [],
      }),
    reject: () => Promise.resolve(),
    wrapUp: () => Promise.resolve(),
    close: () => Promise.resolve(),
  })
  return { intake, contact, instance }
}

const isTroubled = (run: DeskRun) => run.troubles.at(-1)?.code === 'disk-full'

describe('accepting an offer', () => {
  it('begins the chat on a full disk, tells it, and writes all of it once there is room', async () => {
    profile = new DeskProfile({ store })
    const run = await profile.open()
    const { intake, contact, instance } = await aDeskWithAnOffer(run)
    store.break(storeFailure('disk-full'))
    profile.disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })

    const { chatId } = await intake.accept('offer-1')
    contact.say('Hello?')
    await run.until(chatId, ({ link, unread }) => link.phase === 'live' && unread === 1 && isTroubled(run))

    expect(run.state.offers).toEqual([])
    expect(run.vaultTroubles.at(-1)).toMatchObject({ code: 'disk-full' })
    store.break(null)
    profile.disk.refusal = null
    contact.say('Are you there?')
    await run.until(chatId, ({ unread }) => unread === 2)
    await run.close()
    const later = await profile.open()
    await later.restore({ instances: [instance] })
    await later.live(chatId)
    expect(later.chat(chatId)).toMatchObject({ customer: 'Amara Okafor', unread: 2 })
  })
})

describe.skipIf(whyNoSmallDisk !== null)(`a disk that is full (${whyNoSmallDisk ?? 'mounted'})`, () => {
  let disk: SmallDisk

  beforeEach(() => {
    disk = new SmallDisk(256)
  })

  afterEach(() => {
    disk.remove()
  })

  it('has the token of an accepted offer once there is room', async () => {
    profile = new DeskProfile({ store, folder: disk.folder })
    const run = await profile.open()
    const { intake, instance } = await aDeskWithAnOffer(run)
    const ballast = path.join(disk.folder, 'ballast')
    await writeFile(ballast, Buffer.alloc(1024 * 1024)).catch(() => undefined)

    const { chatId } = await intake.accept('offer-1')
    await run.live(chatId)
    expect(run.vaultTroubles.at(-1)).toMatchObject({ code: 'disk-full' })

    await rm(ballast)
    await run.close()
    const later = await profile.open()
    await later.restore({ instances: [instance] })
    await later.live(chatId)
  })
})
