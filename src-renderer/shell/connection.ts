import type { Chat, Instance } from '#shared/model.ts'
import { isDown } from '../inbox/waiting.ts'
import type { IconName } from '../ui/icon-paths.ts'

/** How the chats of one instance are connected, taken together. */
export interface InstanceState {
  readonly instance: Instance
  readonly live: readonly Chat[]
  readonly down: readonly Chat[]
  readonly isOffline: boolean
  /** Without a socket, and read every few seconds. */
  readonly polled: readonly Chat[]
  /** Where their sockets should be. */
  readonly blockedHost: string | null
  /** What answers in place of the service. */
  readonly gateway: string | null
  /** When the next try is due, of the chat that tries first. */
  readonly retryAt: number | null
  /** The oldest moment up to which a chat is proven complete. */
  readonly provenUpTo: number | null
}

/** How long the line may be down before what is shown can no longer be vouched for. */
export const vouchFor = 20_000

export function instanceStates(
  instances: readonly Instance[],
  chats: readonly Chat[],
  now: number,
): readonly InstanceState[] {
  return instances.map((instance) => {
    const live = chats.filter(
      ({ instanceId, link }) => instanceId === instance.instanceId && link.phase !== 'ended',
    )
    const down = live.filter((chat) => isDown(chat, now))
    const retries = down.map(({ link }) => (link.phase === 'waiting' ? link.retryAt : Infinity))
    const proofs = live.map(({ completeUpTo }) => completeUpTo).filter((time) => time !== null)
    return {
      instance,
      live,
      down,
      polled: live.filter(({ link }) => link.phase === 'polling'),
      blockedHost: firstOf(live, ({ link }) => (link.phase === 'polling' ? link.host : null)),
      gateway: firstOf(down, ({ link }) => (link.phase === 'waiting' ? (link.gateway ?? null) : null)),
      isOffline: down.some(({ link }) => link.phase === 'offline'),
      retryAt: retries.length === 0 || Math.min(...retries) === Infinity ? null : Math.min(...retries),
      provenUpTo: proofs.length === 0 ? null : Math.min(...proofs),
    }
  })
}

function firstOf<T>(chats: readonly Chat[], read: (chat: Chat) => T | null): T | null {
  return chats.map(read).find((found) => found !== null) ?? null
}

export interface ConnectionText {
  readonly icon: IconName
  readonly tone: 'ok' | 'warn' | 'bad'
  readonly text: string
}

export function connectionText(state: InstanceState): ConnectionText {
  const { live, down } = state
  if (down.length === 0) {
    if (state.polled.length > 0) return { icon: 'clock', tone: 'warn', text: polledText(state) }
    const isSettling = live.some(({ link }) => link.phase === 'connecting' || link.phase === 'catching-up')
    if (isSettling) return { icon: 'sync', tone: 'warn', text: 'Connecting' }
    return { icon: 'check', tone: 'ok', text: live.length === 0 ? 'Ready' : 'Connected' }
  }
  if (state.isOffline) return { icon: 'offline', tone: 'bad', text: 'Offline' }
  if (down.length === live.length) return { icon: 'offline', tone: 'bad', text: 'Reconnecting' }
  return { icon: 'sync', tone: 'warn', text: `${down.length} of ${live.length} chats reconnecting` }
}

function polledText({ blockedHost }: InstanceState): string {
  return blockedHost === null
    ? 'With delay: no live connection'
    : `With delay: no live connection to ${blockedHost}`
}

export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1_000))
}
