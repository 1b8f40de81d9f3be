import { app } from 'electron'

/** What a person or a script asked for when starting the app. Values are checked where they are used. */
export interface CommandLine {
  readonly practice: { readonly story: string | null } | null
  readonly endpoint: string
  readonly region: string
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
