import type { Clock } from '../chat/clock.ts'
import { pause } from '../pause.ts'
import type { Failure } from '#shared/failure.ts'
import type { Custody } from '#shared/model.ts'
import type { Keychain, KeychainState, Unsealed } from './keychain.ts'
import { SealedBook } from './sealed-book.ts'
import type { VaultFile } from './sealed-book.ts'
import { keyBytes, proofOf } from './vault-box.ts'
import { parseVault } from './vault-content.ts'
import type { VaultContent, VaultHead } from './vault-content.ts'

export interface VaultPorts {
  readonly file: VaultFile
  /** The second copy. */
  readonly copy: VaultFile
  readonly keychain: Keychain
  readonly clock: Clock
  readonly random: (bytes: number) => Uint8Array
  /** Tells computers and users apart, for example by a digest of both names. */
  readonly owner: string
  /** Nothing is written to a vault that was found until `TokenVault.release`: it may be a later Parley's. */
  readonly isHeld?: boolean
  /** The disk stopped or began again to take the vault. */
  readonly trouble: (failure: Failure | null) => void
}

export type MemoryOnlyReason = Extract<Custody, { mode: 'memory-only' }>['reason']

/** What became of a vault that was not whole: its second copy stood in for it, or for some of its entries. */
export type Mended = 'file' | 'entries' | null

export type OpenedBook =
  | {
      readonly book: SealedBook
      readonly backend: string
      readonly rejected: number
      readonly mended: Mended
    }
  | { readonly book: null; readonly reason: MemoryOnlyReason }

/** A keychain that is starting up with the desktop answers within seconds. */
const waits = [250, 1_000, 3_000]
const patience = 4_000
const keyMark = 'parley-key-1:'

/** Opens the vault, or begins one. Whatever is found, nothing is destroyed and the app can go on in memory. */
export async function openBook(ports: VaultPorts): Promise<OpenedBook> {
  const { keychain } = ports
  const first = readVault(ports.file)
  const second = readVault(ports.copy)
  if (first === 'newer' || second === 'newer') return { book: null, reason: 'newer' }
  const found = typeof first === 'object' ? first : typeof second === 'object' ? second : worse(first, second)
  const state = found === 'absent' ? await keychain.state() : await statePatiently(ports)
  if (state.state === 'none') return { book: null, reason: 'missing' }
  if (state.state === 'locked') return { book: null, reason: 'locked' }
  if (state.state === 'silent') return { book: null, reason: found === 'absent' ? 'missing' : 'unavailable' }
  if (found === 'absent') return beginBook(ports, state.backend)
  if (found === 'unreadable') return { book: null, reason: 'unavailable' }
  if (found === 'broken') return setAside(ports, 'corrupted')
  return openFound(ports, state.backend, { found, first, second })
}

interface BothCopies {
  /** The first of them that is whole. */
  readonly found: VaultContent
  readonly first: VaultRead
  readonly second: VaultRead
}

async function openFound(
  ports: VaultPorts,
  backend: string,
  { found, first, second }: BothCopies,
): Promise<OpenedBook> {
  const opened = await openKey(ports, found.head)
  if (opened === 'unavailable') return { book: null, reason: 'unavailable' }
  if (opened === 'refused') return setAside(ports, found.head.owner === ports.owner ? 'changed' : 'foreign')
  const head = await renewedHead(ports, { ...found.head, backend, owner: ports.owner }, opened)
  const { file, copy, random } = ports
  const book = new SealedBook({ file, copy, key: opened.key, head, entries: found.entries, random })
  const damaged = book.rejected + found.unreadable
  // What is damaged in one copy may be whole in the other. What is merely not there was forgotten.
  const mended =
    damaged > 0 && found !== second && typeof second === 'object' ? book.mendWith(second.entries) : 0
  if (ports.isHeld === true) book.hold()
  try {
    if (first === 'broken') file.setAside()
    // The damaged entries go with the next writing, so a copy of them stays.
    if (damaged > 0) file.keepCopy()
    if (damaged > 0 || JSON.stringify([head, found]) !== JSON.stringify([found.head, second])) book.mustSave()
    if (found !== first) book.mustSave()
    book.saveChanges()
  } catch {
    // The disk is full: what is there goes on to hold, and the next writing reports it.
  }
  const rejected = Math.max(0, damaged - mended)
  return { book, backend, rejected, mended: found !== first ? 'file' : mended > 0 ? 'entries' : null }
}

async function beginBook(
  { file, copy, keychain, random, owner }: VaultPorts,
  backend: string,
): Promise<OpenedBook> {
  const key = random(keyBytes)
  const text = keyMark + Buffer.from(key).toString('base64')
  const sealed = await keychain.seal(text)
  // Believed once it has opened again.
  const check = sealed === null ? null : await keychain.unseal(sealed)
  if (sealed === null || check?.outcome !== 'opened' || check.text !== text)
    return { book: null, reason: 'unavailable' }
  const keys = [Buffer.from(sealed).toString('base64')]
  const head: VaultHead = { version: 1, backend, owner, keys, proof: proofOf(key) }
  const book = new SealedBook({ file, copy, key, head, entries: [], random })
  try {
    book.save()
  } catch {
    return { book: null, reason: 'unwritable' }
  }
  return { book, backend, rejected: 0, mended: null }
}

interface OpenedKey {
  readonly key: Uint8Array
  /** Which of the sealed keys opened. */
  readonly index: number
  readonly isStale: boolean
}

async function openKey(ports: VaultPorts, head: VaultHead): Promise<OpenedKey | 'unavailable' | 'refused'> {
  for (const [index, sealed] of head.keys.entries()) {
    const unsealed = await unsealPatiently(ports, Buffer.from(sealed, 'base64'))
    if (unsealed.outcome === 'unavailable') return 'unavailable'
    if (unsealed.outcome === 'refused' || !unsealed.text.startsWith(keyMark)) continue
    const key = Buffer.from(unsealed.text.slice(keyMark.length), 'base64')
    if (key.length === keyBytes && proofOf(key) === head.proof)
      return { key, index, isStale: unsealed.isStale }
  }
  return 'refused'
}

async function statePatiently({ keychain, clock }: VaultPorts): Promise<KeychainState> {
  const began = clock.now()
  for (const wait of waits) {
    const state = await keychain.state()
    // One that hangs has taken its time to say so.
    if (state.state !== 'silent' || clock.now() - began > patience) return state
    await pause(clock, wait)
  }
  return keychain.state()
}

async function unsealPatiently({ keychain, clock }: VaultPorts, sealed: Uint8Array): Promise<Unsealed> {
  for (const wait of waits) {
    const unsealed = await keychain.unseal(sealed)
    if (unsealed.outcome !== 'unavailable') return unsealed
    await pause(clock, wait)
  }
  return keychain.unseal(sealed)
}

/** Seals the key anew when the keychain asks for it; drops the older one once the newest has been opened. */
async function renewedHead({ keychain }: VaultPorts, head: VaultHead, opened: OpenedKey): Promise<VaultHead> {
  const used = head.keys[opened.index] ?? ''
  if (!opened.isStale) return { ...head, keys: opened.index === 0 ? [used] : head.keys }
  const sealed = await keychain.seal(keyMark + Buffer.from(opened.key).toString('base64'))
  return sealed === null ? head : { ...head, keys: [Buffer.from(sealed).toString('base64'), used] }
}

type VaultRead = VaultContent | 'newer' | 'absent' | 'broken' | 'unreadable'

function readVault(file: VaultFile): VaultRead {
  try {
    const value = file.read()
    return value === undefined ? 'absent' : parseVault(value)
  } catch (error) {
    return error instanceof SyntaxError ? 'broken' : 'unreadable'
  }
}

/** Of two copies that hold nothing to open: what cannot be read now may be whole, what is broken was once there. */
function worse<T extends 'absent' | 'broken' | 'unreadable'>(first: T, second: T): T {
  const order = ['absent', 'broken', 'unreadable']
  return order.indexOf(first) >= order.indexOf(second) ? first : second
}

/** Both copies: one left behind would be taken over by the next start. */
function setAside({ file, copy }: VaultPorts, reason: MemoryOnlyReason): OpenedBook {
  try {
    file.setAside()
    copy.setAside()
  } catch {
    // It stays where it is, untouched, and is found again at the next start.
  }
  return { book: null, reason }
}
