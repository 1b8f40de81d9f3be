import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { SimulatorClock, systemClock } from './clock.ts'
import { ContactHandle } from './contact-handle.ts'
import { ControlServer } from './control/control-server.ts'
import { feedPath } from './control/feed-routes.ts'
import type { OfferBook, WrapUp } from './control/offers.ts'
import type { FaultBoard } from './faults/faults.ts'
import { ContactRoom } from './room/contact-room.ts'
import { contentTypes } from './room/content-types.ts'
import type { PlayOptions, StoryRun } from './customers/play.ts'
import { playStory } from './customers/play.ts'
import { notFound } from './service/service-error.ts'
import type { RequestEntry } from './service/request-log.ts'
import { ParticipantService } from './service/participant-service.ts'
import { findStory, storyNames } from './stories/catalogue.ts'
import type { SwitchChange, Switches } from './switches.ts'
import type { World } from './world.ts'
import { createWorld } from './create-world.ts'

export const ContactSpec = z.strictObject({
  customerName: z.string().min(1),
  attributes: z.record(z.string(), z.string()).default({}),
  queue: z.string().default('Support'),
  agentName: z.string().optional(),
  /** The id of an ended contact that this one continues. */
  persistentFrom: z.string().optional(),
  /** False: the customer joins when its own client connects. */
  customerIsPresent: z.boolean().default(true),
  supportedContentTypes: z
    .array(z.string())
    .default([
      contentTypes.plain,
      contentTypes.markdown,
      contentTypes.json,
      contentTypes.interactiveResponse,
    ]),
  /** When the chat began, milliseconds since 1970. Default: now. */
  startedAt: z.number().optional(),
})

export type ContactSpec = Readonly<z.input<typeof ContactSpec>>

export type SimulatorOptions = Readonly<{
  /** Of the service; 0 takes a free one. */
  port?: number
  controlPort?: number
  /** Serves https and wss. PEM texts. */
  tls?: Readonly<{ key: string; cert: string }>
  /** What handed-out URLs call this machine. Default 127.0.0.1, where the servers listen in any case. */
  host?: string
  /** Named on acceptance of an offer. */
  region?: string
  switches?: SwitchChange
  clock?: Clock
  /** For stories that are given none of their own. */
  seed?: number
}>

/** Starts a participant service on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = new SimulatorClock(options.clock ?? systemClock)
  const world = createWorld({ clock, switches: options.switches ?? {}, region: options.region })
  const service = new ParticipantService(world)
  const serviceServer = options.tls ? createTlsServer(options.tls) : createServer()
  const controlServer = createServer()
  const simulator = new Simulator(
    world,
    { service: serviceServer, control: controlServer },
    options.seed ?? 1,
  )
  const control = new ControlServer(world, simulator)
  serviceServer.on('request', (request, response) => service.handle(request, response))
  serviceServer.on('upgrade', (request, wire, head) => service.upgrade(request, wire, head))
  serviceServer.on('connection', (wire: Socket) => {
    if (world.faults.take('refuse-connections')) wire.resetAndDestroy()
  })
  controlServer.on('request', (request, response) => control.handle(request, response))
  const [port, controlPort] = await Promise.all([
    listen(serviceServer, options.port),
    listen(controlServer, options.controlPort),
  ])
  const host = options.host ?? '127.0.0.1'
  const secure = options.tls ? 's' : ''
  world.address.http = `http${secure}://${host}:${port}`
  world.address.ws = `ws${secure}://${host}:${port}`
  simulator.control = `http://127.0.0.1:${controlPort}`
  return simulator
}

type Servers = Readonly<{ service: Server; control: Server }>

export class Simulator {
  /** The base of the control API and of the feed. */
  control = ''
  readonly #world: World
  readonly #servers: Servers
  readonly #handles = new Map<ContactRoom, ContactHandle>()

  readonly #runs: StoryRun[] = []
  readonly #seed: number

  constructor(world: World, servers: Servers, seed: number) {
    this.#world = world
    this.#servers = servers
    this.#seed = seed
  }

  /** The base of the participant API. */
  get endpoint(): string {
    return this.#world.address.http
  }

  get feed(): string {
    return `${this.control}${feedPath}`
  }

  get faults(): FaultBoard {
    return this.#world.faults
  }

  get offers(): OfferBook {
    return this.#world.offers
  }

  get switches(): Switches {
    return this.#world.switches.now
  }

  get wrapUps(): readonly WrapUp[] {
    return this.#world.offers.wrapUps
  }

  get contacts(): readonly ContactHandle[] {
    return [...this.#handles.values()]
  }

  /** Throws a ZodError for an unknown switch or position. */
  set(change: unknown): void {
    this.#world.switches.set(change)
  }

  contact(given: ContactSpec): ContactHandle {
    const spec = ContactSpec.parse(given)
    const { clock, mint, switches, directory, hub } = this.#world
    const observer = {
      admitted: directory.admit.bind(directory),
      deliver: hub.deliver.bind(hub),
      departed: (_room: ContactRoom, gone: ContactRoom['participants']): void => hub.dismiss(gone),
    }
    const past = spec.persistentFrom === undefined ? undefined : directory.room(spec.persistentFrom)
    if (spec.persistentFrom !== undefined && !past) throw notFound(spec.persistentFrom, 'CONTACT')
    const room = new ContactRoom({ ...spec, past }, { clock, mint, switches, observer })
    directory.add(room)
    const customer = room.admit('CUSTOMER', spec.customerName)
    room.admit('AGENT', spec.agentName ?? switches.now.agentDisplayName)
    if (spec.customerIsPresent) room.join(customer, spec.startedAt)
    const handle = new ContactHandle(this.#world, room)
    this.#handles.set(room, handle)
    return handle
  }

  find(contactId: string): ContactHandle | undefined {
    const room = this.#world.directory.room(contactId)
    return room && this.#handles.get(room)
  }

  /** Every request seen since the start or the last reset. */
  requests(filter: { readonly operation?: string | undefined } = {}): readonly RequestEntry[] {
    const { all } = this.#world.requests
    return all.filter((entry) => filter.operation === undefined || entry.operation === filter.operation)
  }

  /** Plays a story of the catalogue. Throws when there is none of that name. */
  play(name: string, { seed, speed = 1, offered = true }: PlayOptions = {}): StoryRun {
    const arrivals = findStory(name)
    if (!arrivals) throw new Error(`There is no story called ${name}. There are: ${storyNames.join(', ')}.`)
    const { clock, offers } = this.#world
    const stage = { clock, offers, admit: (spec: ContactSpec) => this.contact(spec) }
    const run = playStory(arrivals, stage, { seed: seed ?? this.#seed, speed, offered })
    this.#runs.push(run)
    return run
  }

  /** Forgets contacts, faults, requests and offers, and puts the switches back. Sockets are cut. */
  reset(): void {
    const { directory, faults, requests, offers, tickets, storage, views, sessions, throttle, hub } =
      this.#world
    for (const run of this.#runs.splice(0)) run.stop()
    hub.cutAll()
    for (const store of [offers, faults, requests, tickets, storage, views, sessions, throttle, directory])
      store.clear()
    this.#world.switches.restore()
    this.#handles.clear()
  }

  async close(): Promise<void> {
    this.#world.hub.cutAll()
    this.#world.clock.stopAll()
    await Promise.all([shut(this.#servers.service), shut(this.#servers.control)])
  }
}

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(isAddress(address) ? address.port : port)
    })
  })
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

/** Event streams and kept-alive connections would hold a server open for ever. */
function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
