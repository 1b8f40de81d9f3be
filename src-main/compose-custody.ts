import { createHash, randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import path from 'node:path'
import { type Failure, unreachable } from '#shared/failure.ts'
import type { Custody, Notice } from '#shared/model.ts'
import type { Clock } from './chat/clock.ts'
import { lossText } from './inbox/loss-notice.ts'
import { practiceInstanceId } from './inbox/instances.ts'
import type { Log } from './platform/log.ts'
import { removeClosedFiles } from './platform/closed-files.ts'
import type { OpenProfile } from './platform/profile-claim.ts'
import { openStoreFile } from './platform/store-file.ts'
import type { ConversationStore } from './store/conversation-store.ts'
import { openStore, type StoreOpening } from './store/open-store.ts'
import { type Counts, notedCounts } from './store/inventory.ts'
import { isLoss, lostBy } from './store/store-opening.ts'
import type { Keychain } from './vault/keychain.ts'
import { TokenVault } from './vault/token-vault.ts'

export interface CustodyPorts {
  readonly profile: string
  /** One that somebody else writes to is left alone; of one that takes nothing the agent is told at its start. */
  readonly use: OpenProfile['use']
  readonly keychain: Keychain
  readonly clock: Clock
  readonly log: Log
  /** Later news of the store, for example that its thread had to be started again. */
  readonly tell: (notice: Notice) => void
  /** The store works again and has lost what it had, all or part of it. */
  readonly storeLost: () => void
  /** The disk stopped or began again to take the vault. */
  readonly vaultTrouble: (failure: Failure | null) => void
}

export interface Keeping {
  readonly custody: Custody
  readonly vault: TokenVault
  readonly store: ConversationStore
  /** False while the store keeps everything in memory. */
  readonly isOnDisk: () => boolean
  /** What earlier runs kept and is not there any more. */
  readonly lost: Counts | null
  /** What earlier runs kept and this one could not open. Rejects when the disk refuses. */
  readonly removeClosed: () => Promise<void>
  /** What was found at the start and the agent should know. */
  readonly notices: readonly Notice[]
}

/** Opens what is kept on this computer: the vault first, then the database with the key from it. */
export async function openKeeping(ports: CustodyPorts): Promise<Keeping> {
  const { profile, use, clock, log, tell } = ports
  const vault = await openVault(ports)
  const databasePath = path.join(profile, 'parley.db')
  let latest: StoreOpening | null = null
  const { store, opening } = await openStore({
    workerUrl: new URL('./store-worker.js', import.meta.url),
    file: vault.custody.mode === 'sealed' ? { path: databasePath, key: await vault.databaseKey() } : null,
    now: () => clock.now(),
    passing: [practiceInstanceId],
    onReopened: (reopening) => {
      log.warn('store-reopened', { state: reopening.state })
      storeNotices(reopening).forEach(tell)
      const before = latest ?? reopening
      latest = reopening
      if (isLoss(before, reopening)) ports.storeLost()
    },
  })
  latest ??= opening
  // Of a later Parley's profile nothing is touched, the vault included.
  if (opening.state !== 'newer') vault.release()
  const custody = custodyOf(vault, opening)
  const isOnDisk = (): boolean => latest?.state === 'opened' || latest?.state === 'replaced'
  log.info('custody', { mode: custody.mode, store: opening.state, rejected: vault.rejected })
  return {
    custody,
    vault,
    store,
    isOnDisk,
    lost: lostBy(opening),
    removeClosed: () =>
      removeClosedFiles(profile, {
        isVaultOpen: custody.mode === 'sealed',
        isDatabaseOpen: isOnDisk(),
      }),
    notices: [
      ...(use === 'unwritable' && opening.state === 'memory' ? [] : storeNotices(opening)),
      ...vaultNotices(vault),
      ...closedNotices(custody, databasePath),
    ],
  }
}

function openVault({
  profile,
  use,
  keychain,
  clock,
  vaultTrouble: trouble,
}: CustodyPorts): Promise<TokenVault> {
  const common = { clock, random: randomBytes, trouble }
  if (use === 'in-use') return Promise.resolve(TokenVault.inMemory(common, 'in-use'))
  return TokenVault.open({
    ...common,
    file: openStoreFile(profile, 'vault'),
    copy: openStoreFile(profile, 'vault-copy'),
    keychain,
    owner: createHash('sha256').update(`${hostname()}\n${userInfo().username}`).digest('hex'),
    isHeld: true,
  })
}

function custodyOf(vault: TokenVault, opening: StoreOpening): Custody {
  return opening.state === 'newer' ? { mode: 'memory-only', reason: 'newer' } : vault.custody
}

/** What the vault found of itself. */
function vaultNotices({ rejected, mended }: TokenVault): readonly Notice[] {
  return [
    ...(rejected > 0 ? [rejectedNotice(rejected)] : []),
    ...(mended === null || rejected > 0 ? [] : [mendedNotice]),
  ]
}

/** What was saved under a key that is gone can no longer be opened: it is told with what that was. */
function closedNotices(custody: Custody, databasePath: string): readonly Notice[] {
  if (custody.mode !== 'memory-only' || !keyIsGone.has(custody.reason)) return []
  const noted = notedCounts(databasePath)
  const what = noted === null ? null : lossText(noted)
  if (what === null) return []
  return [
    {
      noticeId: 'store-loss',
      level: 'alert',
      title: 'What was saved on this computer cannot be opened.',
      detail: `Out of reach without its key: ${what}. Nothing was removed.`,
    },
  ]
}

const keyIsGone: ReadonlySet<string> = new Set(['changed', 'foreign', 'corrupted'])

const mendedNotice: Notice = {
  noticeId: 'vault-mended',
  level: 'status',
  title: 'The file of saved sign-ins was damaged.',
  detail: 'Its second copy was used. Nothing is lost.',
}

function storeNotices(opening: StoreOpening): readonly Notice[] {
  switch (opening.state) {
    case 'opened':
    // The custody banner says it.
    case 'newer':
      return []
    case 'replaced':
      return [
        {
          noticeId: 'store-opening',
          level: 'alert',
          title: 'The saved conversations could not be read.',
          detail: `They are set aside as ${opening.setAside}. ${opening.rescued > 0 ? `${String(opening.rescued)} records were recovered. ` : ''}Live chats are filled in again from the service.`,
        },
      ]
    case 'memory':
      return opening.failure === null
        ? []
        : [
            {
              noticeId: 'store-opening',
              level: 'alert',
              title: 'Conversations are kept in memory only.',
              detail: opening.failure.message,
            },
          ]
    default:
      return unreachable(opening)
  }
}

function rejectedNotice(count: number): Notice {
  return {
    noticeId: 'vault-rejected',
    level: 'alert',
    title: `${String(count)} saved sign-in${count === 1 ? '' : 's'} could not be read.`,
    detail: 'The damaged file is set aside. Those chats have to be joined again.',
  }
}
