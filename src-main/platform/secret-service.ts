import type { BusCall } from './bus-message.ts'
import type { SessionBus } from './session-bus.ts'

/** 'unknown': it is there, or cannot be asked from here. 'silent': not on the bus, or hanging. */
export type ServiceState = 'open' | 'locked' | 'silent' | 'unknown'

/** What stands behind safeStorage on Linux, asked beside it: safeStorage gives one answer to everything. */
export interface SecretService {
  /** `backend` as safeStorage names it. Takes four seconds at most. */
  state(backend: string): Promise<ServiceState>
}

const answerWithin = 2_000
const names: Readonly<Record<string, string>> = {
  gnome_libsecret: 'org.freedesktop.secrets',
  kwallet: 'org.kde.kwalletd',
  kwallet5: 'org.kde.kwalletd5',
  kwallet6: 'org.kde.kwalletd6',
}

export function secretService(bus: SessionBus): SecretService {
  return {
    async state(backend) {
      const destination = names[backend]
      if (destination === undefined) return 'unknown'
      const pong = await bus.ask(pingOf(destination), answerWithin)
      if (pong.state === 'no-bus') return 'unknown'
      if (pong.state !== 'answered') return 'silent'
      if (backend !== 'gnome_libsecret') return 'unknown'
      const locked = await bus.ask(isDefaultLocked, answerWithin)
      if (locked.state === 'silent') return 'silent'
      return locked.state === 'answered' && locked.isTrue ? 'locked' : 'open'
    },
  }
}

/** Starts the service where the desktop knows how to. */
function pingOf(destination: string): BusCall {
  return { destination, path: '/', interface: 'org.freedesktop.DBus.Peer', member: 'Ping', args: [] }
}

/** Refused where no collection is the default one yet; the first secret makes it. */
const isDefaultLocked: BusCall = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets/aliases/default',
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  args: ['org.freedesktop.Secret.Collection', 'Locked'],
}
