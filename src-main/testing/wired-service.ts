import { startSimulator, type Simulator, type SimulatorOptions } from '#simulator/simulator.ts'
import type { ClientSettings } from '../platform/client-settings.ts'
import { type LocalProxy, startLocalProxy } from './local-proxy.ts'
import { WiredChats, type WiredOptions } from './wired-chats.ts'

/** No name service knows it: only a proxy of the test can get there. */
export const proxiedHost = 'chat.parley.test'

/** A service, proxies and chats that end with the test. */
export class WiredService {
  readonly simulator: Simulator
  readonly #proxies: LocalProxy[] = []
  readonly #chats: WiredChats[] = []

  constructor(simulator: Simulator) {
    this.simulator = simulator
  }

  static async start(options: SimulatorOptions = {}): Promise<WiredService> {
    return new WiredService(await startSimulator(options))
  }

  get port(): number {
    return Number(new URL(this.simulator.endpoint).port)
  }

  /** A proxy that knows the service by its names. */
  async proxy(start: () => Promise<LocalProxy> = startLocalProxy): Promise<LocalProxy> {
    const proxy = await start()
    this.#proxies.push(proxy)
    for (const name of [proxiedHost, '127.0.0.1']) proxy.names.set(name, this.port)
    return proxy
  }

  chats(client: ClientSettings, options: Partial<WiredOptions> = {}): WiredChats {
    const chats = new WiredChats({ endpoint: this.simulator.endpoint, client, ...options })
    this.#chats.push(chats)
    return chats
  }

  /** How often an operation was called. */
  calls(operation: string): number {
    return this.simulator.requests({ operation }).length
  }

  async stop(): Promise<void> {
    await Promise.all(this.#chats.map((chats) => chats.close()))
    await Promise.all([this.simulator.close(), ...this.#proxies.map((proxy) => proxy.close())])
  }
}
