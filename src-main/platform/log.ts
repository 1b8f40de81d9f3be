import path from 'node:path'
// Its variant for Electron would open channels to every page.
import electronLog from 'electron-log/node'
import { makePrivate, makePrivateFolder } from './private-file.ts'

/** Ids, states and timings only. A value that is not one of these types cannot be logged. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const maxBytes = 2 * 1024 * 1024
const maxFieldLength = 200
// Long unbroken runs are how tokens and signed URLs look; ids (36 characters) stay readable.
const secretLike = /[A-Za-z0-9+/_=%.-]{41,}/g

/** Rotating JSON lines in the logs folder of the profile. */
export function openLog(folder: string): Log {
  makePrivateFolder(folder)
  // Those of earlier versions were everybody's to read.
  for (const name of ['parley.log', 'parley.old.log', 'main.log']) makePrivate(path.join(folder, name))
  const file = electronLog.create({ logId: 'parley' })
  file.transports.console.level = false
  file.transports.file.level = 'info'
  file.transports.file.maxSize = maxBytes
  file.transports.file.format = '{text}'
  file.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  file.transports.file.resolvePathFn = () => path.join(folder, 'parley.log')
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      file[level](JSON.stringify({ time: new Date().toISOString(), level, event, ...redact(fields) }))
    }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

/** The second line of defence, after the field types: cuts what looks like a token. */
export function redact(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(secretLike, '[cut]').slice(0, maxFieldLength) : value,
    ]),
  )
}
