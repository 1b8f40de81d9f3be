import path from 'node:path'
import { app } from 'electron'

/** What a person or a script asked for when starting the app. Values are checked where they are used. */
export interface CommandLine {
  readonly practice: { readonly story: string | null } | null
  readonly endpoint: string
  readonly region: string
}

/** As it was asked for: Electron takes the usual one, without a word, for one that it cannot make. */
export function profileFolder(): string {
  const asked = app.commandLine.getSwitchValue('user-data-dir')
  return asked === '' ? app.getPath('userData') : path.resolve(asked)
}

export function readCommandLine(): CommandLine {
  const { commandLine } = app
  const story = commandLine.getSwitchValue('practice')
  return {
    practice: commandLine.hasSwitch('practice') ? { story: story === '' ? null : story } : null,
    endpoint: commandLine.getSwitchValue('endpoint'),
    region: commandLine.getSwitchValue('region'),
  }
}
