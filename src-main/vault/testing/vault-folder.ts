import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Failure } from '#shared/failure.ts'
import { ChatId } from '#shared/model.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import type { VaultFile } from '../sealed-book.ts'
import { Secret } from '../secret.ts'
import { TokenVault } from '../token-vault.ts'
import { DiskFile } from './disk-file.ts'
import { FakeKeychain } from './fake-keychain.ts'

export const ana = ChatId.parse('chat-ana')
export const bo = ChatId.parse('chat-bo')
export const canary = 'CANARY-participant-token'

export interface Opening {
  readonly keychain?: FakeKeychain
  readonly owner?: string
  readonly disk?: VaultFile
  /** The second copy, on the same disk when left out. */
  readonly copy?: VaultFile
  readonly isHeld?: boolean
}

/** A folder of its own for the vault of one test. */
export class VaultFolder {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'parley-vault-'))
  readonly file = path.join(this.folder, 'vault.json')
  readonly copy = path.join(this.folder, 'vault-copy.json')
  readonly clock = new ManualClock()
  /** What the vault said about the disk, in order. */
  readonly troubles: (Failure | null)[] = []

  open({
    keychain = new FakeKeychain(),
    owner = 'agent at desk 4',
    disk,
    copy = new DiskFile(this.copy),
    isHeld = false,
  }: Opening = {}): Promise<TokenVault> {
    const file = disk ?? new DiskFile(this.file)
    const trouble = (failure: Failure | null): void => void this.troubles.push(failure)
    return TokenVault.open({
      file,
      copy,
      keychain,
      clock: this.clock,
      random: randomBytes,
      owner,
      trouble,
      isHeld,
    })
  }

  /** A vault with a token for each of two chats, as an earlier run leaves it. Gives the key of the database. */
  async leaveVault(): Promise<string> {
    const vault = await this.open()
    await vault.keep(ana, 'participant', new Secret(canary))
    await vault.keep(bo, 'participant', new Secret('token of bo'))
    return (await vault.databaseKey()).reveal()
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

export async function tokenOf(vault: TokenVault, chat: ChatId): Promise<string | null> {
  return (await vault.recall(chat, 'participant'))?.reveal() ?? null
}
